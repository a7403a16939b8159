import { openKeyForm } from './key-forms.ts';
import { openByKey } from './key-open.ts';
import { visitOf } from './key-visit.ts';

/** How a page of a concern finds what is open in this browser, and opens it again when it has shut (`src/web/visit-form.ts`). */
export const DOOR = { idOf: visitOf, fields: openKeyForm, open: openByKey } as const;
