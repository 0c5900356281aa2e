/** What the first digit of a status says. Source: RFC 9110 §15. */
const CLASSES: Readonly<Record<string, string>> = {
  '1': 'informational: the real answer is still to come',
  '2': 'success',
  '3': 'redirection: look elsewhere',
  '4': 'client error: the request is wrong',
  '5': 'server error: the request may be right',
};

/** Undefined for a status outside 100 to 599. */
export const statusMeaning = (status: string): string | undefined =>
  status === '101' ? 'from here on the connection speaks another protocol' : CLASSES[status.charAt(0)];
