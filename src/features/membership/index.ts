export { indexName, nameKeys, soundsOf } from './names.ts';
