import type { Settings } from '#settings';
import { scanWithClamd } from './scan-clamd.ts';

/** What a scanner says of some content. `finding`: its own name for what it found. `unreachable`: no answer, so nothing is known. */
export type ScanVerdict = { state: 'clean' } | { state: 'found'; finding: string } | { state: 'unreachable' };
/** The port to a scanner for malware; `name` is noted with each file it has looked at. */
export type Scanner = { name: 'none' | 'clamd'; scan(content: Buffer): Promise<ScanVerdict> };

/**
 * The scanner of this installation. `none`: nothing beyond what `checkFile` looks for itself (structure, scripts, the EICAR test string).
 * It never throws: a scanner that cannot be reached, or answers something else, is `unreachable`, and a file is then opened by nobody.
 */
export function scannerFor({ scan }: Pick<Settings, 'scan'>): Scanner {
	const { clamd } = scan;
	if (clamd === null) return { name: 'none', scan: async () => ({ state: 'clean' }) };
	return { name: 'clamd', scan: (content) => scanWithClamd(clamd, content) };
}
