/** Whether somebody could be called by it: three digits in a row, whatever stands between groups. */
export const isPhone = (text: string): boolean => /\d{3,}/.test(text.replace(/[\s()+.-]/g, ''));
