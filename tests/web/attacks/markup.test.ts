import { expect, test } from 'vitest';
import { intruders, misshapen, tagsOf } from './markup.ts';

test('the reader of pages sees what a browser would see: a check that could not fail would prove nothing', () => {
	const alive = [
		'<zq7x>',
		'<p title="x" onzq7x="1">',
		'<p title=x onzq7x=1>',
		"<p title=''onzq7x=1>",
		'<svg/onzq7x=1>',
		'<a href="javascript:zq7x()">',
		'<a href=" JAVASCRIPT:zq7x()">',
		'<a href="//zq7x.test/">',
		'<script>zq7x()</script>',
		'<title></title><zq7x>',
		'<!-- --><zq7x>',
		'<textarea></textarea><zq7x>',
		'<body><svg><title><zq7x></title></svg>',
	];
	expect(alive.filter((html) => intruders(html).length === 0)).toEqual([]);
	const asleep = [
		'&lt;zq7x&gt;',
		'<p title="<zq7x>">',
		"<p title='<zq7x onzq7x=1>'>",
		'<textarea><zq7x></textarea>',
		'<title><zq7x></title>',
		'<!-- <zq7x> -->',
		'<a href="/find?name=javascript:zq7x()">',
		'a < zq7x',
		'<script type="application/ld+json">"zq7x"</script>',
	];
	expect(asleep.flatMap(intruders)).toEqual([]);
	expect(tagsOf('<A HREF=x b><br/>').map((t) => [t.name, ...t.attributes])).toEqual([['a', ['href', 'x'], ['b', '']], ['br']]);
	expect(misshapen('<!doctype html><html><head><title>x</title></head><body><main><h1>x</h1></main></body></html>')).toEqual([]);
	expect(misshapen('<!doctype html><html><head><title>x</title></head><body><main><h1>x')).toEqual(['end']);
});
