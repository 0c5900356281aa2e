export const rememberLab = (_l: string, _s: string, _r: string): void => {};
