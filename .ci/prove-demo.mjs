// Loads pages of the running demonstration as a newcomer would, and writes how many did what they should.
import { writeFileSync } from 'node:fs';

const [origin, file] = process.argv.slice(2);
const started = Date.now();
const LIMIT = 15 * 60_000;
while (Date.now() - started < LIMIT) {
	try {
		if ((await fetch(`${origin}/health`)).ok) break;
	} catch {}
	await new Promise((resolve) => setTimeout(resolve, 500));
}
const checks = [
	['the home page offers the search', '/', 'Find a therapist'],
	['a search by place finds people', '/find?place=London', 'therapists'],
	['a typed full postcode never stays in the address', '/find?place=SW1A+1AA', 'SW1A 1'],
	['the register can be checked', '/register', 'register'],
	['a name is looked up', '/register?name=an', 'register'],
	['the pages about IPT are there', '/about/what-is-ipt', 'IPT'],
	['urgent help is one click away', '/help/urgent', '116 123'],
	['the demonstration shows its mail', '/demo/mail', 'mail'],
	['the machine answer is there', '/health', 'ok'],
];
const counts = { passed: 0, failed: 0 };
for (const [what, path, text] of checks) {
	const answer = await fetch(origin + path).then(async (r) => ({ ok: r.ok, url: r.url, text: await r.text() })).catch((error) => ({ ok: false, url: '', text: String(error) }));
	const isRight = answer.ok && answer.text.includes(text) && !/SW1A\+1AA/.test(answer.url);
	counts[isRight ? 'passed' : 'failed'] += 1;
	console.log(`${isRight ? '✔' : '✘'} ${what} (${path})`);
}
console.log(`The demonstration answered ${Math.round((Date.now() - started) / 1000)} s after its start.`);
writeFileSync(file, JSON.stringify(counts));
process.exit(counts.failed === 0 ? 0 : 1);
