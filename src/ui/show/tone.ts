/** What a colour says here. `good` all is well, `caution` read this, `stop` do not rely on it, `neutral` for the record, `brand` ours. */
export type Tone = 'good' | 'caution' | 'stop' | 'neutral' | 'brand';
