/** The four nations of the United Kingdom. Health services and phone numbers differ between them. */
export type Nation = 'england' | 'scotland' | 'wales' | 'northern-ireland';

export const everyNation: readonly Nation[] = ['england', 'scotland', 'wales', 'northern-ireland'];
