import { addMonths } from '#core/dates.ts';
import { recordCpdTotal } from '#features/cpd/index.ts';
import { type NewCheck, putBirthDate, putCheck } from '#features/membership/index.ts';
import type { OnFile } from './on-file.ts';
import { type Change, differs } from './plan.ts';
import type { Remark, Wanted, WantedCheck } from './wanted.ts';

/** What differs in the birth date, in insurance and record checks, and in CPD totals brought forward. */
export function planChecks(wanted: Wanted, known: OnFile | null, today: string): Change[] {
	const { bornOn } = wanted;
	return [
		...(bornOn && bornOn !== known?.bornOn ? [{ what: 'birth date', write: (tx, id) => putBirthDate(tx, id, bornOn) } satisfies Change] : []),
		...planCheck(wanted.insurance, known, today),
		...planCheck(wanted.recordCheck, known, today),
		...planTotal(wanted.cpd, known),
	];
}

const WHAT = { insurance: 'insurance', record_check: 'record check' };

/** A check that somebody made after the day in the file stays. What nobody has seen is not confirmed by being in a file. */
function planCheck(check: WantedCheck | null, known: OnFile | null, today: string): Change[] {
	if (!check) return [];
	const old = known?.checks.find((c) => c.kind === check.kind);
	const { kind, body, type, datedOn, validToOn, checkedOn } = check;
	const facts = (c: Pick<WantedCheck, 'body' | 'type' | 'datedOn' | 'validToOn'>) => [c.body, c.type, c.datedOn, kind === 'insurance' ? c.validToOn : null];
	const isSame = old && !differs(facts(old), facts(check)) && (checkedOn === null || checkedOn === old.checkedOn);
	const isOlder = old && old.outcome === 'confirmed' && old.checkedOn > (checkedOn ?? '');
	if (isSame || isOlder) return [];
	const outcome = checkedOn === null ? 'could_not_check' : 'confirmed';
	const made: NewCheck = { kind, body, type, reference: null, outcome, how: 'imported', datedOn, checkedOn: checkedOn ?? today, validToOn, nextCheckOn: null };
	return [{ what: WHAT[kind], write: (tx, id) => void putCheck(tx, id, made) }];
}

function planTotal(total: Wanted['cpd'], known: OnFile | null): Change[] {
	if (!total) return [];
	const old = known?.cpdTotals.find((t) => t.from === total.from && t.to === total.to);
	if (old && !differs([old.minutes, old.iptMinutes, old.source], [total.minutes, total.iptMinutes, total.source])) return [];
	return [{ what: `CPD total to ${total.to}`, write: (tx, id) => void recordCpdTotal(tx, id, total) }];
}

const YOUNGEST_MONTHS = 16 * 12;

/** Nobody is a member at fifteen: mostly a year of two digits, or day and birth date mixed up. */
export function tooYoung({ bornOn }: Wanted, today: string): Remark | null {
	return bornOn !== null && addMonths(bornOn, YOUNGEST_MONTHS) > today
		? { column: 'birth date', why: `is read as ${bornOn}: write the year with four digits` }
		: null;
}

/** A CPD year that the member has declared takes nothing more in. */
export function closedYear(wanted: Wanted, known: OnFile, today: string): Remark | null {
	const { cpd } = wanted;
	const isClosed = cpd && known.cpdYears.some((y) => y.from <= cpd.to && cpd.to <= y.to) && planTotal(cpd, known).length > 0;
	return isClosed && cpd.to <= today
		? { column: 'cpd to', why: `lies in a CPD year that the member has declared (${cpd.to}): a declared year takes nothing more in` }
		: null;
}
