/** Whether it is worth asking the server about: three digits in a row, of any script, whatever stands between groups. What can be dialed the server knows, by the plans of every country. */
export const isPhone = (text: string): boolean => /\p{Nd}{3,}/u.test(text.replace(/[\s()+.-]/g, ''));
