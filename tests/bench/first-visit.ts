import { launchBrowser } from '../helpers/browser.ts';
import { startServer } from '../helpers/server.ts';
import { environmentOf, type Place } from './environment.ts';

export type VisitOrder = Place & { address: string };
/** Bytes over the wire, heads included. `script` is part of `total`; `results` is how many results are there with JavaScript off. */
export type VisitResult = { total: number; document: number; style: number; font: number; script: number; other: number; resultsWithoutScript: number };

type Finished = { type: string; bytes: number };

/** One visit with an empty cache in a real browser, everything counted that came; then one with JavaScript off. */
export async function measureFirstVisit({ address, ...place }: VisitOrder): Promise<VisitResult> {
	const server = await startServer({ dataDir: place.dataDir, env: environmentOf(place) });
	const browser = await launchBrowser();
	try {
		const came = await visit(await browser.newContext(), `${server.origin}${address}`);
		const bare = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
		await bare.goto(`${server.origin}${address}`);
		const resultsWithoutScript = await bare.locator('article.result').count();
		return { ...sums(came), resultsWithoutScript };
	} finally {
		await browser.close();
		await server.stop();
	}
}

async function visit(context: Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newContext']>>, url: string): Promise<Finished[]> {
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	const types = new Map<string, string>();
	const came: Finished[] = [];
	session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
	session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => came.push({ type: types.get(requestId) ?? 'Other', bytes: encodedDataLength }));
	await session.send('Network.enable');
	await page.goto(url, { waitUntil: 'networkidle' });
	return came;
}

function sums(came: Finished[]): Omit<VisitResult, 'resultsWithoutScript'> {
	const of = (type: string) => came.filter((one) => one.type === type).reduce((sum, one) => sum + one.bytes, 0);
	const total = came.reduce((sum, one) => sum + one.bytes, 0);
	const [document, style, font, script] = [of('Document'), of('Stylesheet'), of('Font'), of('Script')];
	return { total, document, style, font, script, other: total - document - style - font - script };
}
