import { readSettings } from '#settings';
import { buildSite } from './build-site.ts';

const { buildDir } = readSettings(process.env);
const isNew = await buildSite(buildDir);
console.log(isNew ? 'The site is built.' : 'The site was already built from these sources.');
