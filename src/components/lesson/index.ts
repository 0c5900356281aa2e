import CodeRegion from './code-region.astro';
import Heading from './heading.astro';
import Lab from './lab.astro';
import Myth from './myth.astro';
import Review from './review.astro';
import Table from './table.astro';
import Term from './term.astro';
import TryToBreakIt from './try-to-break-it.astro';
import WarmUp from './warm-up.astro';

/** What every lesson can use without an import. */
export const lessonComponents = { CodeRegion, Lab, Myth, Review, Term, TryToBreakIt, WarmUp, h2: Heading, table: Table };
