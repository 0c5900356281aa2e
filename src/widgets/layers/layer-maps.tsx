/** The two maps beside each other: seven layers, four layers, and what ties them. A picture of text, and a table of the same. Needs no script. */
import type { JSX } from 'preact';
import { Twin } from '../twin/twin.tsx';
import { BANDS, BOX } from './bands.ts';
import {
  coveredBy,
  OSI,
  OSI_SOURCE,
  type OsiLayer,
  SIMPLIFIED,
  type Source,
  TCP_IP,
  TCP_IP_SOURCE,
  type TcpIpLayer,
  UNITS_SOURCE,
} from './models.ts';

function Cite({ source: { label, url } }: { source: Source }): JSX.Element {
  return <a href={url}>{label}</a>;
}

function OsiRow({ layer: { number, name, role, work } }: { layer: OsiLayer }): JSX.Element {
  return (
    <li class={`maps-layer is-${role}`}>
      <b class="maps-number">{number}</b>
      <span>
        <strong>{name}</strong>
        <span class="maps-work">{work}</span>
      </span>
    </li>
  );
}

/** The units with what each belongs to: "segment (TCP), datagram (UDP)". */
const unitsOf = ({ units }: TcpIpLayer): string => units.map(({ name, note }) => (note ? `${name} (${note})` : name)).join(', ');

function TcpIpRow({ layer }: { layer: TcpIpLayer }): JSX.Element {
  return (
    <li class={`maps-layer is-${layer.role}`}>
      <p class="maps-name">
        <strong>{layer.name}</strong> <span class="maps-work">{layer.work}</span>
      </p>
      <dl class="maps-facts">
        <div>
          <dt>unit</dt>
          <dd>
            {layer.units.map(({ name, note }, index) => (
              <span key={name} class="maps-unit">
                {index > 0 && ' '}
                <b>{name}</b>
                {note && <small> {note}</small>}
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>for example</dt>
          <dd>
            {layer.examples.map((example, index) => (
              <span key={example}>
                {index > 0 && ', '}
                <span class="maps-example">{example}</span>
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>read by</dt>
          <dd>{layer.devices}</dd>
        </div>
        <div class="visually-hidden">
          <dt>covers of OSI</dt>
          <dd>{coveredBy(layer.id)}</dd>
        </div>
      </dl>
    </li>
  );
}

/** What ties them. The words for it stand in the rows and in the table. */
function Bands(): JSX.Element {
  return (
    <div class="maps-bands">
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
        {BANDS.map(({ id, role, tie, path, edges }) => (
          <g key={id} class={`is-${role} is-${tie}`}>
            <path class="maps-band" d={path} />
            <path class="maps-edge" d={edges} vector-effect="non-scaling-stroke" />
          </g>
        ))}
      </svg>
    </div>
  );
}

const HEADS = ['TCP/IP', 'covers of OSI', 'unit', 'for example', 'read by'];

function MapsTable(): JSX.Element {
  const caption = 'The four layers of TCP/IP, and what each covers of the seven of OSI';
  return (
    <Twin summary="The same as a table" label="The two maps as a table" caption={caption} heads={HEADS}>
      {TCP_IP.map((layer) => (
        <tr key={layer.id}>
          <th scope="row">{layer.name}</th>
          <td>{coveredBy(layer.id)}</td>
          <td>{unitsOf(layer)}</td>
          <td>{layer.examples.join(', ')}</td>
          <td>{layer.devices}</td>
        </tr>
      ))}
    </Twin>
  );
}

export function LayerMaps(): JSX.Element {
  return (
    <figure class="layer-maps">
      <figcaption class="maps-head">
        <strong>Two maps of one land.</strong> A full band: a document says so. A pale one: in part, or by custom.
      </figcaption>
      <div class="maps-picture">
        <p class="maps-title">
          <strong>OSI</strong> seven, by number
        </p>
        <p class="maps-title is-right">
          <strong>TCP/IP</strong> four, by name
        </p>
        <ol class="maps-list is-osi" aria-label="The seven layers of OSI, from the top down">
          {OSI.map((layer) => (
            <OsiRow key={layer.id} layer={layer} />
          ))}
        </ol>
        <Bands />
        <ol class="maps-list is-tcp-ip" aria-label="The four layers of TCP/IP, from the top down">
          {TCP_IP.map((layer) => (
            <TcpIpRow key={layer.id} layer={layer} />
          ))}
        </ol>
      </div>
      <div class="maps-tidy">
        <p class="label">Where the picture is tidier than the documents</p>
        <ul>
          {SIMPLIFIED.map(({ what, text, source }) => (
            <li key={what}>
              <strong>{what}</strong> {text} <Cite source={source} />
            </li>
          ))}
        </ul>
      </div>
      <MapsTable />
      <p class="maps-foot">
        Sources: <Cite source={OSI_SOURCE} />; <Cite source={TCP_IP_SOURCE} />; for the units, <Cite source={UNITS_SOURCE} />.
      </p>
    </figure>
  );
}
