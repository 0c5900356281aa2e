/** What the first digit of a status says. Source: RFC 9110 §15. */
const CLASSES: Readonly<Record<string, string>> = {
  '1': 'informational: the real answer is still to come',
  '2': 'success',
  '3': 'redirection: look elsewhere, or at a copy kept before',
  '4': 'client error: the request is wrong, or cannot be fulfilled',
  '5': 'server error: the server failed, and the request looks right',
};

/** Undefined for a status outside 100 to 599. */
export const statusMeaning = (status: string): string | undefined =>
  status === '101' ? 'from here on the connection speaks another protocol' : CLASSES[status.charAt(0)];
