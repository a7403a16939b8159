import { addDays, addMonths } from '#core/dates.ts';

/** An order in the fewest words: what workflows.md §6.6 and domain.md §3.4 and §6.8 say, written down a second time and differently. */
export type Kind = 'warning' | 'conditions' | 'suspension' | 'removal' | 'voluntary_removal';
type Version = { from: string; to: string | null; review: string | null; met?: string; notMet?: string; aside?: string; gaveWay?: string };
export type Model = { kind: Kind; decided: string; appeal: null | { on: string; result: null | 'upheld' | 'quashed'; decided: string }; versions: Version[] };

export const isRemoved = ({ kind }: Model) => kind === 'removal' || kind === 'voluntary_removal';
const last = (model: Model) => model.versions.at(-1);

export function mayPublish(model: Model, today: string): boolean {
	if (model.versions.length > 0 || model.appeal?.result === 'quashed') return false;
	if (model.appeal !== null) return model.appeal.result === 'upheld';
	return today >= addDays(model.decided, 29);
}

export function binds(model: Model, today: string): boolean {
	const one = last(model);
	return one !== undefined && one.met === undefined && one.aside === undefined && (one.to === null || today <= one.to);
}

export const mayGoOn = (model: Model, today: string) => binds(model, today) && model.appeal?.result !== 'quashed';

export function mayEnd(model: Model, how: 'met' | 'not_met', today: string): boolean {
	const one = last(model);
	if (one === undefined || isRemoved(model) || one.aside !== undefined || one.met !== undefined || one.notMet !== undefined) return false;
	return how === 'not_met' || binds(model, today);
}

/** The last day on which the public reads of it, as far as is known on a day. */
function toldUntil(model: Model, one: Version, today: string): string {
	if (model.kind === 'warning') return one.to ?? '9999';
	if (isRemoved(model)) return addMonths(one.from, 60);
	if (one.met !== undefined && one.met <= today) return addMonths(one.met, 6);
	if (one.notMet !== undefined && one.notMet <= today) return addMonths(one.notMet, 60);
	return one.to === null ? '9999' : addMonths(one.to, 6);
}

export function stateOf(model: Model, no: number, today: string): string {
	const one = model.versions[no] as Version;
	const had = (day: string | undefined) => day !== undefined && day <= today;
	if (had(one.aside)) return 'revoked_on_appeal';
	if (had(one.gaveWay)) return 'varied';
	const isTold = today <= toldUntil(model, one, today);
	if (had(one.met)) return isTold ? 'met' : 'spent';
	if (had(one.notMet)) return isTold ? 'not_met' : 'spent';
	if (one.to !== null && today > one.to) return isTold ? 'ended' : 'spent';
	return one.review !== null && addDays(one.review, -60) <= today ? 'under_review' : 'in_force';
}

/** How many notices the public reads today, and whether practice is limited. */
export function publicly(model: Model, today: string): { notices: number; standing: string } {
	const one = last(model);
	if (one === undefined || one.aside !== undefined) return { notices: 0, standing: 'accredited' };
	const isTold = today <= toldUntil(model, one, today) || (binds(model, today) && !isRemoved(model));
	const limited = { warning: 'accredited', conditions: 'conditions', suspension: 'suspended', removal: 'removed', voluntary_removal: 'removed' }[model.kind];
	const gone = isRemoved(model) && !isTold ? 'left' : limited;
	return { notices: Number(isTold), standing: binds(model, today) ? gone : 'accredited' };
}

/** The days on which something of a version should change. */
export function edges(model: Model, one: Version): string[] {
	const days = [one.to, one.review && addDays(one.review, -60), one.to && addMonths(one.to, 6), one.met && addMonths(one.met, 6)];
	const told = [one.notMet && addMonths(one.notMet, 60), isRemoved(model) && addMonths(one.from, 60)];
	return [...days, ...told].filter((day): day is string => typeof day === 'string');
}
