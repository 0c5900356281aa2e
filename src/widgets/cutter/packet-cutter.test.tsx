import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { ExampleRun } from './example-run.tsx';
import { PacketCutter } from './packet-cutter.tsx';

afterEach(cleanup);

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const choose = (name: string | RegExp) => fireEvent.click(screen.getByRole('radio', { name }));
const said = () => screen.getAllByRole('status')[0]?.textContent;
const slide = (name: RegExp, value: number) => fireEvent.input(screen.getByRole('slider', { name }), { target: { value: String(value) } });
const write = (text: string) => fireEvent.input(screen.getByRole('textbox', { name: 'Your text' }), { target: { value: text } });
const setMtu = (value: string, nth = 0) => {
  const field = screen.getAllByRole('spinbutton')[nth] ?? expect.fail();
  fireEvent.change(field, { target: { value } });
};

function cut(): void {
  render(<PacketCutter />);
  press('Skip the guess');
}
function sendToTheEnd(): void {
  press('Skip the guess and send');
  press('Skip to the end');
}

describe('before the cut', () => {
  it('asks how many packets, does not show them, and grades what was said', () => {
    render(<PacketCutter />);
    expect(screen.queryByText('Piece 3', { selector: ':not(details *)' })).toBeNull();
    expect((screen.getByRole('button', { name: 'Cut it' }) as HTMLButtonElement).disabled).toBe(true);
    choose('2');
    press('Cut it');
    expect(said()).toBe('You said 2. 3 packets. Each has an IP header of its own, so that 48 bytes are left for what it carries.');
    expect(document.activeElement?.textContent).toBe('How it is cut');
  });

  it('cuts a text while it is written', () => {
    cut();
    write('hi');
    expect(said()).toBe('1 packet: the whole datagram fits.');
    write('x'.repeat(100));
    setMtu('576');
    expect(said()).toContain('1 packet');
  });

  it('says what to do about a number that is too small, and keeps the text', () => {
    render(<PacketCutter />);
    write('my own words');
    setMtu('50');
    expect(screen.getByRole('alert').textContent).toContain('packets of 68 bytes (RFC 791)');
    expect(screen.getAllByRole('spinbutton')[0]?.getAttribute('aria-invalid')).toBe('true');
    setMtu('68');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your text' }).value).toBe('my own words');
  });
});

describe('a piece that is lost', () => {
  it('costs the whole text, and its row, the shelf and the table say so', () => {
    cut();
    const lose = screen.getByRole('button', { name: 'Lose it: piece 2' });
    fireEvent.click(lose);
    expect(lose.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText('will be lost')).toBeTruthy();
    choose('All but the lost part');
    press('Send it');
    expect(said()).toBe('0.00 ms: Piece 1 leaves Ada’s computer.');
    press('Skip to the end');
    expect(said()).toBe(
      'You said “All but the lost part”. Piece 2 of 3 was lost: the other two are thrown away after 30 s, and none of the text arrives. IP does not send again.',
    );
    const rows = screen.getAllByRole('listitem').filter(({ textContent }) => textContent?.startsWith('Piece'));
    expect(rows.map(({ textContent }) => /delivered|lost/.exec(textContent ?? '')?.[0])).toEqual(['delivered', 'lost', 'delivered']);
    expect(screen.getByText('48 bytes missing')).toBeTruthy();
    expect(screen.getByText(/Bo’s program has read:/).textContent).toContain('nothing');
    const table = screen.getByRole('table', { hidden: true });
    expect([...within(table).getAllByRole('row', { hidden: true })].map((row) => row.children[6]?.textContent)).toEqual([
      'Fate',
      'delivered',
      'lost',
      'delivered',
    ]);
  });

  it('is gone step by step', () => {
    cut();
    press('Lose it: piece 1');
    press('Skip the guess and send');
    press('Pause');
    for (let step = 0; step < 3; step += 1) press('Step');
    expect(said()).toMatch(/^1\.54 ms: Piece 1 is lost on the way\.$/);
    press('Step back');
    expect(said()).toMatch(/Piece 3 leaves/);
  });
});

describe('another try', () => {
  it('keeps all settings, and asks again', () => {
    cut();
    slide(/^Lost/, 50);
    sendToTheEnd();
    press(/^Another roll of the dice \(this was roll 1\)/);
    press('Skip to the end');
    expect(screen.getByRole('button', { name: /this was roll 2/ })).toBeTruthy();
    press('Change something');
    expect(screen.getByRole<HTMLInputElement>('slider', { name: /^Lost/ }).value).toBe('50');
    expect(screen.getByText('How much of the text will Bo’s program read?')).toBeTruthy();
  });

  it('sends a hundred times, and says how many arrived', async () => {
    cut();
    slide(/^Lost/, 50);
    sendToTheEnd();
    press('Send it 100 times');
    const told = await screen.findByText(/^Of 100 texts \d+ arrived/);
    expect(told.textContent).toContain('To be expected: 12.5 % arrive, for all of 3 packets must get through, each with 50 %.');
  });

  it('goes over a router that cuts, and puts nothing together', () => {
    cut();
    choose('Two links and a router');
    setMtu('100', 0);
    setMtu('68', 1);
    expect(screen.getByRole('button', { name: 'Lose it: piece 1.2 on the second link' })).toBeTruthy();
    sendToTheEnd();
    expect(said()).toContain('The router cut what did not fit, and put nothing together: only the receiver does.');
  });
});

describe('a closer look', () => {
  it('takes a piece apart where it stands, and shows the whole beside it', async () => {
    cut();
    sendToTheEnd();
    press('Bytes of piece 2');
    const tree = await screen.findByRole('tree', { name: 'Layers and fields of piece 2' });
    expect(tree.textContent).toContain('begins at byte 48 of the datagram’s data');
    fireEvent.click(screen.getByRole('radio', { name: 'All pieces, put together, 136 bytes' }));
    expect(tree.textContent).toContain('User Datagram Protocol');
    press('Bytes of piece 2');
    expect(screen.queryByRole('tree')).toBeNull();
  });

  it('shows what fills up a short frame', async () => {
    cut();
    sendToTheEnd();
    press('Bytes of piece 3');
    expect(await screen.findByRole('button', { name: /^byte 59, 00: Padding/ })).toBeTruthy();
  });

  it('tells of a copy that the second link lost, in the row and in the table', () => {
    cut();
    choose('Two links and a router');
    slide(/^Lost/, 30);
    slide(/^Arrive twice/, 100);
    press('Skip the guess and send');
    for (let roll = 0; roll < 20 && !screen.queryByText('a copy lost'); roll += 1) {
      press(/^Another roll/);
      press('Skip to the end');
    }
    expect(screen.getAllByText('a copy lost').length).toBeGreaterThan(0);
    expect(screen.getByRole('table', { hidden: true }).textContent).toContain('delivered, duplicated, a copy lost');
  });

  it('is drawn as a sequence diagram once it is opened', async () => {
    cut();
    sendToTheEnd();
    const details = screen.getByText('The same run as a sequence diagram').closest('details') ?? expect.fail();
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect((await screen.findAllByRole('button', { name: /^piece 2, Ada to Bo/ })).length).toBeGreaterThan(0);
  });

  it('of a long text shows the beginning, the end, and what was lost', () => {
    cut();
    press(/^The longest/);
    setMtu('1500');
    press('Lose it: piece 45');
    press('Show all 45');
    press('Lose it: piece 20');
    sendToTheEnd();
    expect(screen.getByRole('button', { name: 'Bytes of piece 20' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Bytes of piece 21' })).toBeNull();
    expect(screen.getByText(/^10 more pieces: 10 delivered$/)).toBeTruthy();
    fireEvent.click(screen.getAllByRole('button', { name: 'Show all 45' })[0] ?? expect.fail());
    expect(screen.getByRole('button', { name: 'Bytes of piece 21' })).toBeTruthy();
  });
});

it('stands there before any script: a run with its rows, its shelf and its table', () => {
  const { container } = render(<ExampleRun />);
  const text = container.textContent ?? '';
  for (const told of [
    'Piece 2 of 3 was lost',
    'me may never arrive.',
    '48 bytes missing',
    'Bo’s program has read: nothing',
    'offset 6 (byte 48)',
  ])
    expect(text).toContain(told);
  expect(screen.getAllByRole('row', { hidden: true })).toHaveLength(4);
});
