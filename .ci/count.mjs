// Adds up what ran and ends with the one line that is read: `N passed, N failed`.
import { existsSync, readFileSync } from 'node:fs';

const [testsCode, testsFile, demoFile] = process.argv.slice(2);
const read = (file) => (file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);
const tests = read(testsFile);
const demo = read(demoFile);
let passed = (tests?.numPassedTests ?? 0) + (demo?.passed ?? 0);
let failed = (tests?.numFailedTests ?? 0) + (demo?.failed ?? 1);
// Types or lint fail before any test runs; a file that cannot be loaded is no failed test in the report.
if (testsCode !== '0' && (tests?.numFailedTests ?? 0) === 0) failed += 1;
if (!tests) passed += 0;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
