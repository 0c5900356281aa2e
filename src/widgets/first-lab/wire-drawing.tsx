/** Two cables and three boxes: where the message is, and what is cut. Drawn twice, for wide and for narrow columns. */
import type { JSX } from 'preact';
import { outlineOf } from '../marks/marks.tsx';

export type WireView = {
  /** Where the message is: not sent yet, on a leg, arrived, or stopped at the server because Bo is gone. */
  readonly message: 'waiting' | 'to-server' | 'to-bo' | 'arrived' | 'stopped';
  readonly cut: boolean;
  readonly adaState: string;
  readonly boState: string;
  /** How many hellos Bo has got. */
  readonly boGot: number;
};

type Geometry = {
  readonly viewBox: string;
  readonly className: string;
  /** Left edge and width of the three boxes; top and height shared. */
  readonly boxes: readonly (readonly [x: number, width: number])[];
  readonly top: number;
  readonly height: number;
  readonly cableY: number;
  readonly envelope: { readonly y: number; readonly width: number; readonly height: number };
  readonly small: boolean;
};

const WIDE: Geometry = {
  viewBox: '0 0 640 176',
  className: 'wire wire-wide',
  boxes: [
    [8, 122],
    [266, 108],
    [510, 122],
  ],
  top: 30,
  height: 108,
  cableY: 84,
  envelope: { y: 40, width: 58, height: 24 },
  small: false,
};

const NARROW: Geometry = {
  viewBox: '0 0 320 150',
  className: 'wire wire-narrow',
  boxes: [
    [1, 88],
    [119, 82],
    [231, 88],
  ],
  top: 8,
  height: 92,
  cableY: 54,
  envelope: { y: 106, width: 52, height: 22 },
  small: true,
};

const right = ([x, width]: readonly [number, number]): number => x + width;
const middle = ([x, width]: readonly [number, number]): number => x + width / 2;

function Plug({ x, y }: { x: number; y: number }): JSX.Element {
  return <rect class="plug" x={x - 5} y={y - 5} width="10" height="10" />;
}

function Cable({ from, to, y, cut }: { from: number; to: number; y: number; cut: boolean }): JSX.Element {
  const mid = (from + to) / 2;
  return (
    <>
      {cut ? (
        <>
          <path class="cable" d={`M${from} ${y}H${mid - 7}M${mid + 7} ${y}H${to}`} />
          <path class="cut-line" d={`M${mid - 9} ${y + 10}L${mid - 3} ${y - 10}M${mid + 3} ${y + 10}L${mid + 9} ${y - 10}`} />
        </>
      ) : (
        <path class="cable" d={`M${from} ${y}H${to}`} />
      )}
      <Plug x={from} y={y} />
      <Plug x={to} y={y} />
    </>
  );
}

function Head({ who, name, x, y }: { who: string; name: string; x: number; y: number }): JSX.Element {
  return (
    <>
      <g class={who}>
        <path class="shape" d={outlineOf(who)} transform={`translate(${x + 14} ${y + 18}) scale(0.875)`} />
      </g>
      <text class="name" x={x + 36} y={y + 31}>
        {name}
      </text>
    </>
  );
}

/** Where the envelope stands at rest, or at the end of its leg; CSS moves it there along the cable. */
function envelopeX({ boxes, envelope }: Geometry, message: WireView['message']): number {
  const [ada, server, bo] = boxes;
  if (!ada || !server || !bo) return 0;
  if (message === 'waiting') return right(ada) + 8;
  if (message === 'to-server') return server[0] - envelope.width - 8;
  if (message === 'to-bo') return bo[0] - envelope.width - 8;
  return middle(server) - envelope.width / 2;
}

function Envelope({ geometry, message }: { geometry: Geometry; message: WireView['message'] }): JSX.Element | null {
  if (message === 'arrived') return null;
  const { envelope, small } = geometry;
  const x = small && message === 'waiting' ? 16 : envelopeX(geometry, message);
  const stopped = message === 'stopped';
  const y = stopped ? geometry.top + geometry.height + 8 : envelope.y;
  return (
    <g class={`letter is-${message}`}>
      <rect class={stopped ? 'envelope is-unsent' : 'envelope'} x={x} y={y} width={envelope.width} height={envelope.height} />
      <text
        class={stopped ? 'envelope-word mid is-unsent' : 'envelope-word mid'}
        x={x + envelope.width / 2}
        y={y + envelope.height / 2 + 4.5}
      >
        hello
      </text>
    </g>
  );
}

function Drawing({ geometry, view }: { geometry: Geometry; view: WireView }): JSX.Element | null {
  const { boxes, top, height, cableY, small } = geometry;
  const [ada, server, bo] = boxes;
  if (!ada || !server || !bo) return null;
  const got = view.boGot === 0 ? 'nothing yet' : view.boGot === 1 ? 'hello' : 'hello, hello';
  return (
    <svg class={geometry.className} viewBox={geometry.viewBox} aria-hidden="true">
      <Cable from={right(ada) + 4} to={server[0] - 4} y={cableY} cut={false} />
      <Cable from={right(server) + 4} to={bo[0] - 4} y={cableY} cut={view.cut} />
      {boxes.map(([x, width]) => (
        <rect key={x} class="box" x={x} y={top} width={width} height={height} />
      ))}
      <Head who="ada" name="Ada" x={ada[0]} y={top} />
      <text class="small" x={ada[0] + 14} y={top + 54}>
        {view.adaState}
      </text>
      <text class="name mid" x={middle(server)} y={top + 31}>
        Server
      </text>
      <text class="small mid" x={middle(server)} y={top + 54}>
        {view.cut ? 'hears Ada' : 'hears both'}
      </text>
      <text class="small mid" x={middle(server)} y={top + 80}>
        {view.message === 'stopped' ? 'keeps nothing' : small ? 'passes on' : 'passes it on'}
      </text>
      <Head who="bo" name="Bo" x={bo[0]} y={top} />
      <text class="small" x={bo[0] + 14} y={top + 54}>
        {view.boState}
      </text>
      <rect class={view.boGot > 0 ? 'got' : 'empty'} x={bo[0] + 10} y={top + height - 38} width={bo[1] - 20} height="26" />
      <text class="small mid" x={middle(bo)} y={top + height - 20}>
        {got}
      </text>
      <Envelope geometry={geometry} message={view.message} />
    </svg>
  );
}

/** The same picture in two sizes; style shows one of them. The words beside it say the same to a screen reader. */
export function WireDrawing({ view, label }: { view: WireView; label: string }): JSX.Element {
  return (
    <div class="wire-drawing" role="img" aria-label={label}>
      <Drawing geometry={WIDE} view={view} />
      <Drawing geometry={NARROW} view={view} />
    </div>
  );
}
