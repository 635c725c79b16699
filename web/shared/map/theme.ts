/** Colours of the basemap: quiet, so that what moves and what is due stand out. */
export interface MapTheme {
  readonly name: 'light' | 'dark';
  readonly land: string;
  readonly city: string;
  readonly park: string;
  readonly water: string;
  readonly street: string;
  readonly secondary: string;
  readonly primary: string;
  readonly motorway: string;
  readonly casing: string;
  readonly motorwayCasing: string;
  readonly rail: string;
  readonly border: string;
  readonly label: string;
  readonly waterLabel: string;
  readonly parkLabel: string;
  readonly halo: string;
  readonly territory: string;
  readonly route: string;
  readonly routeChosen: string;
}

export const light: MapTheme = {
  name: 'light',
  land: '#e9edee', city: '#eff1f1', park: '#d7e8d2', water: '#b9d5e7',
  street: '#ffffff', secondary: '#ffffff', primary: '#ffffff', motorway: '#fdf1d8', casing: '#dadfe2', motorwayCasing: '#e5d3ab', rail: '#bfc6cc', border: '#b4bdc6',
  label: '#66727f', waterLabel: '#4f7f9d', parkLabel: '#557f52', halo: '#f6f7f7',
  territory: '#1b54d9', route: '#3b4a5c', routeChosen: '#1b54d9',
};

export const dark: MapTheme = {
  name: 'dark',
  land: '#0c1217', city: '#10171e', park: '#11221c', water: '#0b2233',
  street: '#1b252f', secondary: '#212d38', primary: '#293644', motorway: '#3b4450', casing: '#10171e', motorwayCasing: '#151d25', rail: '#27323d', border: '#33404d',
  label: '#8796a5', waterLabel: '#4f7d9c', parkLabel: '#4d7a5a', halo: '#0c1217',
  territory: '#7ba6ff', route: '#a5b4c4', routeChosen: '#8db1ff',
};

const query = () => matchMedia('(prefers-color-scheme: dark)');
export const currentTheme = (): MapTheme => (query().matches ? dark : light);

export function onThemeChange(action: (theme: MapTheme) => void): () => void {
  const media = query();
  const listener = () => action(currentTheme());
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}
