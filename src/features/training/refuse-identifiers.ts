import { Invalid } from '#core/errors.ts';
import { sayIdentifiers } from './identifiers.ts';

/** Refuses whatever looks like a client's, field by field: it cannot be sent by ticking a box. @throws Invalid beside the first such field */
export function refuseIdentifiers(texts: Record<string, string>): void {
	for (const [field, text] of Object.entries(texts)) {
		const said = sayIdentifiers(text);
		if (said !== null) throw new Invalid(field, said);
	}
}
