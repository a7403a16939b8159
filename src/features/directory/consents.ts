/** The parts of a listing that are shown only with the person's agreement. `listing` stands for being listed at all, with name, awards and options. */
export const CONSENT_FIELDS = ['listing', 'places', 'about', 'fees', 'availability', 'phone', 'website', 'photo', 'gender', 'practice_name'] as const;
export type ConsentField = (typeof CONSENT_FIELDS)[number];
