/** Parts of a widget that are fetched when they are first shown, so that a page is light until they are wanted. */
import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Loading<Props> = { readonly View: FunctionComponent<Props> } | 'coming' | 'failed';

/** What `load` brings; it is asked once, when the part is first there. `load` is the same function at every call. */
function useLater<Props>(load: () => Promise<FunctionComponent<Props>>): Loading<Props> {
  const [loading, setLoading] = useState<Loading<Props>>('coming');
  useEffect(() => {
    let isHere = true;
    load().then(
      (View) => isHere && setLoading({ View }),
      () => isHere && setLoading('failed'),
    );
    return () => {
      isHere = false;
    };
  }, [load]);
  return loading;
}

/** A view that fetches the real one. `coming`: what stands there meanwhile: `Drawing…`. */
export function later<Props extends object>(load: () => Promise<FunctionComponent<Props>>, coming: string): FunctionComponent<Props> {
  return function Later(props: Props): JSX.Element {
    const loading = useLater(load);
    if (loading === 'coming') return <p class="later">{coming}</p>;
    if (loading === 'failed') return <p class="later">This part could not be fetched. Check the connection, and reload the page.</p>;
    return <loading.View {...props} />;
  };
}
