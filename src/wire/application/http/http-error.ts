/**
 * What can be wrong with HTTP/1.1. Where RFC 9112 leaves the choice between refusing and repairing, we refuse: two readers that
 * repair differently disagree on where a message ends, and that is how requests are smuggled. Source: RFC 9112 §11.2.
 */
export type HttpErrorCode =
  | 'truncated'
  | 'bad-request-line'
  | 'bad-status-line'
  | 'bad-version'
  | 'bare-carriage-return'
  | 'folded-line'
  | 'space-before-colon'
  | 'bad-field-name'
  | 'bad-field-value'
  | 'bad-host'
  | 'head-too-big'
  | 'both-lengths'
  | 'bad-content-length'
  | 'bad-transfer-encoding'
  | 'bad-chunk-size'
  | 'bad-chunk-end'
  | 'chunk-line-too-long';

/** `offset`: bytes from the beginning of the message. */
export type HttpError = { readonly code: HttpErrorCode; readonly offset: number };
