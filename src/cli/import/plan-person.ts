import { fold } from '#core/text.ts';
import { changeName, changePerson, correctName, type FullName, recordFormerName } from '#features/membership/index.ts';
import type { OnFile } from './on-file.ts';
import { type Change, saidDifferently } from './plan.ts';
import type { Wanted } from './wanted.ts';

/** What differs in a known person's name and details. */
export function planPerson(wanted: Wanted, known: OnFile, today: string): Change[] {
	const changes: Change[] = [];
	const details = saidDifferently(wanted.details, known.details);
	if (details.importKey && known.mergedKeys.includes(details.importKey)) delete details.importKey;
	const fields = Object.keys(details).map((field) => LABELS[field] ?? field);
	if (fields.length > 0) changes.push({ what: fields.join(', '), write: (tx, id) => changePerson(tx, id, details) });
	changes.push(...planName(wanted, known, today));
	return changes;
}

const LABELS: Record<string, string> = { diedOn: 'died on', importKey: 'member id' };

function planName(wanted: Wanted, known: OnFile, today: string): Change[] {
	const name = { givenNames: wanted.givenNames, familyName: wanted.familyName };
	const listed = wanted.formerNames.find((former) => isNamed(former, known.name));
	if (isNamed(name, known.name)) return [];
	if (!listed && fold(whole(name)) === fold(whole(known.name))) return [{ what: 'spelling of the name', write: (tx, id) => correctName(tx, id, name) }];
	const from = { on: listed?.toOn ?? wanted.nameChangedOn ?? today, formerIsShown: listed?.isShown ?? false };
	return [{ what: 'name', write: (tx, id) => changeName(tx, id, name, from) }];
}

/** Former names that are not on file yet, for new and known people alike. */
export function planFormerNames(wanted: Wanted, known: OnFile | null): Change[] {
	return wanted.formerNames.flatMap((former) => {
		if (known && isNamed(former, known.name)) return [];
		const old = known?.formerNames.find((f) => isNamed(f, former));
		if (old && old.toOn === former.toOn && old.isShown === former.isShown) return [];
		return [{ what: 'former names', write: (tx, id) => recordFormerName(tx, id, former) }];
	});
}

function isNamed(a: FullName, b: FullName): boolean {
	return a.givenNames === b.givenNames && a.familyName === b.familyName;
}

function whole(name: FullName): string {
	return `${name.givenNames} ${name.familyName}`;
}
