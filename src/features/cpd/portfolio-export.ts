import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { last, line } from '#core/fields.ts';
import { makePdf } from '#core/pdf.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { useOnce } from '#core/rate-limit.ts';
import { type Portfolio, portfolioOf } from './portfolio-content.ts';
import { portfolioCsv } from './portfolio-csv.ts';
import { portfolioText } from './portfolio-pdf.ts';

export const portfolioForm = z.object({
	year: line(10, 'Choose a year.'),
	as: z.preprocess(last, z.enum(['pdf', 'csv'], 'Choose PDF or CSV.')),
});

const MOST_A_DAY = 30;
const DAY_MS = 86_400_000;

/**
 * A copy of one's own portfolio of a year, as tagged PDF or as CSV; that it was taken is itself an event.
 * @throws SignInRequired (recent proof), NotFound, Conflict when it was taken too often today
 */
export async function exportPortfolio(ctx: Ctx, { year, as }: z.output<typeof portfolioForm>): Promise<{ name: string; type: string; content: Uint8Array }> {
	requireProof(ctx, true);
	const portfolio = portfolioOf(ctx, year);
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'exportPortfolio' }, (tx) => {
		const limit = { key: `portfolio:${personId}`, most: MOST_A_DAY, windowMs: DAY_MS };
		if (useOnce(tx.db, ctx.now, [limit])) throw new Conflict(`You have taken ${MOST_A_DAY} copies today. Please come back tomorrow.`);
		const held = { entries: portfolio.entries.length, sessions: portfolio.sessions.length };
		record(tx, 'cpd.portfolio_exported', { type: 'person', id: personId }, { year: portfolio.year.period.fromOn, as, ...held });
	});
	return { name: `cpd-portfolio-${portfolio.year.period.fromOn}.${as}`, ...(as === 'pdf' ? await pdfOf(ctx, portfolio) : csvOf(portfolio)) };
}

async function pdfOf(ctx: Ctx, portfolio: Portfolio): Promise<{ type: string; content: Uint8Array }> {
	const text = portfolioText(ctx.settings, portfolio, ctx.now);
	return { type: 'application/pdf', content: await makePdf(text, { now: ctx.now, sourceDir: ctx.settings.sourceDir }) };
}

function csvOf(portfolio: Portfolio): { type: string; content: Uint8Array } {
	return { type: 'text/csv; charset=utf-8', content: new TextEncoder().encode(portfolioCsv(portfolio)) };
}
