import { addDays } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type Fees, yearlyFee } from '#features/payments/index.ts';
import type { Grade } from './facts.ts';
import { GRADE_NAMES, GRADES } from './grades.ts';

/** One figure of two versions; `change` says the difference in words: `£12.00 more`. */
export type FeeDifference = { label: string; before: string; after: string; change: string };

/** Everything that one version says otherwise than another; empty when they say the same. */
export function feeDifferences(before: Fees, after: Fees): FeeDifference[] {
	const fees = GRADE_NAMES.map((grade) => feeRow(GRADES[grade].title, before.categories[grade], after.categories[grade]));
	return [
		...fees,
		row('Taken off for a reduced fee', `${before.concessionPercent} %`, `${after.concessionPercent} %`),
		row('Part of a year', PRO_RATA[before.proRata], PRO_RATA[after.proRata]),
		row('Days until an invoice is due', String(before.dueDays), String(after.dueDays)),
	].filter((line) => line.before !== line.after);
}

/** A version in words: label and figure. */
export function feeFigures(fees: Fees): [string, string][] {
	return [
		...GRADE_NAMES.map((grade): [string, string] => [GRADES[grade].title, sayPence(fees.categories[grade])]),
		['Taken off for a reduced fee', `${fees.concessionPercent} %`],
		['Part of a year', PRO_RATA[fees.proRata]],
		['Days until an invoice is due', String(fees.dueDays)],
	];
}

export const PRO_RATA = { months: 'by months that have begun', none: 'costs the whole year' } as const;

/** `due`: memberships that run out from the day before `fromOn` on. `touched`: whose next year would cost another amount; `pence`: together, in a year. */
export type FeeTrial = { due: number; touched: number; pence: number };

/** Tries fees on the renewals that fall due once they are in force, against those that would hold otherwise. Changes nothing. */
export function tryFees(db: Db, fromOn: string, fees: { before: Fees; after: Fees }): FeeTrial {
	const groups = prepared(db.sql, DUE).all(fromOn, fromOn, addDays(fromOn, -1)) as { category: Grade; isReduced: 0 | 1; members: number }[];
	const trial: FeeTrial = { due: 0, touched: 0, pence: 0 };
	for (const { category, isReduced, members } of groups) {
		const more = yearlyFee(category, isReduced === 1, fees.after) - yearlyFee(category, isReduced === 1, fees.before);
		trial.due += members;
		trial.touched += more === 0 ? 0 : members;
		trial.pence += more * members;
	}
	return trial;
}

/** A trial in a sentence. */
export function sayFeeTrial({ due, touched, pence }: FeeTrial): string {
	const number = (n: number) => n.toLocaleString('en-GB');
	const sum = pence === 0 ? '' : `, ${sayPence(Math.abs(pence))} ${pence > 0 ? 'more' : 'less'} in a year altogether`;
	return `${number(touched)} of ${number(due)} renewals due from that day on would cost another amount${sum}.`;
}

function feeRow(label: string, before: number, after: number): FeeDifference {
	const change = after === before ? '' : `${sayPence(Math.abs(after - before))} ${after > before ? 'more' : 'less'}`;
	return { label, before: sayPence(before), after: sayPence(after), change };
}

function row(label: string, before: string, after: string): FeeDifference {
	return { label, before, after, change: '' };
}

/** Of each person the period that is paid longest and has not ended. */
const DUE = `SELECT p.category, EXISTS (SELECT 1 FROM concession c WHERE c.person_id = p.person_id AND c.from_on <= ? AND c.to_on >= ?) AS isReduced,
	count(*) AS members FROM membership_period p
	WHERE p.ended_on IS NULL AND p.paid_to_on >= ?
	AND NOT EXISTS (SELECT 1 FROM membership_period l WHERE l.person_id = p.person_id AND l.from_on > p.from_on)
	GROUP BY 1, 2`;
