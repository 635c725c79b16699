/** Scripts that run from right to left, and characters that turn text, in what was stored before they were taken out. */
const turns = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u200F\u202A-\u202E\u2066-\u2069]|[\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** A name, for plain text beside other text: isolated where it would change the order in which a number next to it is read. Elements do the same by `<bdi>` and base.css. */
export const isolate = (text: string): string => (turns.test(text) ? `\u2068${text}\u2069` : text);
