import type { KindRule } from './panel-rules.ts';

/** A place at the table, as far as the rules of composition ask. */
export type Place = { role: 'chair' | 'member' | 'adviser'; isLay: boolean };

/** What is missing before a panel may sit, in words; nothing when it is complete. Pure. */
export function missingIn(seats: readonly Place[], rule: KindRule): string[] {
	const voting = seats.filter(({ role }) => role !== 'adviser');
	const advisers = seats.length - voting.length;
	return [
		...(voting.length < rule.least ? [`It needs ${rule.least} members, and has ${voting.length}.`] : []),
		...(voting.length > rule.most ? [`It has ${voting.length} members; ${rule.most} is the most.`] : []),
		...(voting.filter(({ role }) => role === 'chair').length === 1 ? [] : ['It needs one chair.']),
		...layMissing(voting, rule),
		...(advisers < rule.advisers ? ['It needs a clinician who advises it.'] : []),
	];
}

/** May these decide: are enough there, and the lay ones among them as the rule asks? Pure. */
export function isQuorate(voting: readonly Place[], rule: KindRule): boolean {
	return voting.length >= rule.quorum && layMissing(voting, rule).length === 0;
}

function layMissing(voting: readonly Place[], { lay }: KindRule): string[] {
	const count = voting.filter(({ isLay }) => isLay).length;
	const hasMajority = count * 2 > voting.length;
	const hasLayChair = voting.some(({ role, isLay }) => role === 'chair' && isLay);
	if (count < lay.atLeast) return [`It needs ${lay.atLeast} from outside the profession, and has ${count}.`];
	if (lay.rule === 'majority' && !hasMajority) return ['More than half of it come from outside the profession.'];
	if (lay.rule === 'majority_or_chair' && !hasMajority && !hasLayChair) return ['More than half of it, or its chair, come from outside the profession.'];
	return [];
}
