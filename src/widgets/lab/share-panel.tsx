/** A second device joins the same lab as one client more: by link, or by QR code. */
import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** Addresses that only this computer can reach. */
export const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** The address of a page on which a lab can be joined. */
export function joinLink(page: string, scenario: string, lab: string): string {
  const url = new URL(page);
  url.search = new URLSearchParams({ join: scenario, lab }).toString();
  url.hash = `lab-${scenario}`;
  return url.href;
}

type QrCode = { readonly size: number; readonly path: string };

async function qrCodeOf(text: string): Promise<QrCode> {
  const { encode } = await import('uqr');
  const { size, data } = encode(text, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}

function Loopback(): JSX.Element {
  return (
    <p>
      This site listens on this computer only, so the link works in another window here. For a phone, stop the server, start it with{' '}
      <code>npm start -- --lan</code>, and open the address that it prints.
    </p>
  );
}

export function SharePanel({ link }: { link: string }): JSX.Element {
  const id = useId();
  const code = useSignal<QrCode | undefined>(undefined);
  const copied = useSignal('');
  useSignalEffect(() => {
    // Without the encoder (the server may be gone) the link still stands there in words.
    qrCodeOf(link).then(
      (made) => {
        code.value = made;
      },
      () => undefined,
    );
  });
  const copy = async (input: HTMLInputElement | null) => {
    input?.select();
    // A plain-http page on a LAN address has no clipboard: the selected text can be copied by hand.
    try {
      await navigator.clipboard.writeText(link);
      copied.value = 'Copied.';
    } catch {
      copied.value = 'The link is selected: copy it with your keyboard or your browser’s menu.';
    }
  };
  return (
    <div class="share">
      <div>
        <label class="label" for={id}>
          Whoever opens this link joins this lab, as one client more
        </label>
        <input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <div class="go">
          <button type="button" class="button" onClick={() => void copy(document.querySelector<HTMLInputElement>(`[id="${id}"]`))}>
            Copy the link
          </button>
          <p role="status">{copied.value}</p>
        </div>
        {isLoopback(new URL(link).hostname) && <Loopback />}
      </div>
      {code.value && (
        <svg class="qr" viewBox={`0 0 ${code.value.size} ${code.value.size}`} role="img" aria-label="QR code of the link">
          <path d={code.value.path} />
        </svg>
      )}
    </div>
  );
}
