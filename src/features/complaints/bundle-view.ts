import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { makesBundles } from './bundle-commands.ts';
import { type Bundle, bundlesOf, exhibitable, exhibitsOf, readsBundles } from './bundle-rows.ts';
import { LANE_FROM, PURPOSE_WORDS, sayBundle } from './bundle-words.ts';
import { messagesOf } from './message-commands.ts';
import { type OpenCase, openCase, type Sight } from './sight.ts';

type Option = { value: string; label: string };

/** Is there a page of bundles for somebody who was let in? */
export function seesBundles(ctx: Pick<Ctx, 'db'>, sight: Sight): boolean {
	const reads = readsBundles(ctx, sight);
	return Object.keys(PURPOSE_WORDS).some((purpose) => reads(purpose as Bundle['purpose']));
}

/** The bundles of a case that somebody may read, with what stands apart from each; and what can be chosen, for whoever has one made. @throws NotFound */
export function bundlesView(ctx: Ctx, reference: string) {
	const sight = openCase(ctx, reference, 'bundles');
	if (!seesBundles(ctx, sight)) throw new NotFound('There is no such case.');
	const reads = readsBundles(ctx, sight);
	const bundles = bundlesOf(ctx.db, sight.concern.id).filter(({ purpose }) => reads(purpose));
	return {
		bundles: bundles.map((bundle) => ({
			id: bundle.id,
			title: `${PURPOSE_WORDS[bundle.purpose]}, version ${bundle.version}`,
			says: `${sayBundle(bundle)}. Asked for on ${sayInstant(bundle.askedAt)}.`,
			isMade: bundle.state === 'made',
			apart: bundle.state === 'made' ? apartIn(ctx, bundle) : [],
		})),
		isRunning: bundles.some(({ state }) => state === 'waits' || state === 'being_made'),
		choices: makesBundles(ctx, sight) ? choicesIn(ctx, sight) : null,
	};
}

function apartIn(ctx: Ctx, bundle: Bundle): { no: number; name: string }[] {
	return exhibitsOf(ctx, bundle).flatMap(({ no, file }) => (file.type === 'application/pdf' ? [{ no, name: file.name }] : []));
}

function choicesIn(ctx: Ctx, sight: OpenCase): { purposes: Option[]; messages: Option[]; files: Option[] } {
	const side = { complainant: 'the person who raised it', respondent: 'the therapist' } as const;
	return {
		purposes: Object.entries(PURPOSE_WORDS).map(([value, label]) => ({ value, label })),
		messages: messagesOf(ctx, sight).map(({ id, side: with_, isFromOffice, at }) => ({
			value: id,
			label: `${isFromOffice ? 'To' : 'From'} ${side[with_]}, ${sayInstant(at)}`,
		})),
		files: exhibitable(ctx, sight.concern.id).map(({ id, name, lane }) => ({ value: id, label: `${name} (${LANE_FROM[lane]})` })),
	};
}
