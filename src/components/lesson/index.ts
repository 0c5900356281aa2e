import ByteExplorer from './byte-explorer.astro';
import CaptureViewer from './capture-viewer.astro';
import CodeRegion from './code-region.astro';
import DelayRuler from './delay-ruler.astro';
import HeaderFigure from './header-figure.astro';
import Heading from './heading.astro';
import Lab from './lab.astro';
import LayerMaps from './layer-maps.astro';
import LayerSorter from './layer-sorter.astro';
import Myth from './myth.astro';
import PacketCutter from './packet-cutter.astro';
import Review from './review.astro';
import SocketTable from './socket-table.astro';
import Table from './table.astro';
import Term from './term.astro';
import TryToBreakIt from './try-to-break-it.astro';
import WarmUp from './warm-up.astro';

/** What every lesson can use without an import. */
export const lessonComponents = {
  ByteExplorer,
  CaptureViewer,
  CodeRegion,
  DelayRuler,
  HeaderFigure,
  Lab,
  LayerMaps,
  LayerSorter,
  Myth,
  PacketCutter,
  Review,
  SocketTable,
  Term,
  TryToBreakIt,
  WarmUp,
  h2: Heading,
  table: Table,
};
