import { Invalid } from '#core/errors.ts';
import { sayIdentifiers } from './identifiers.ts';

/**
 * Refuses whatever looks like a client's, field by field: it cannot be sent by ticking a box. @param known the people of the record, who may be named
 * @throws Invalid beside the first such field
 */
export function refuseIdentifiers(texts: Record<string, string>, known: readonly string[]): void {
	for (const [field, text] of Object.entries(texts)) {
		const said = sayIdentifiers(text, known);
		if (said !== null) throw new Invalid(field, said);
	}
}
