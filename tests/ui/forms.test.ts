import { describe, expect, test } from 'vitest';
import CharacterCount from '#ui/forms/CharacterCount.astro';
import Checkboxes from '#ui/forms/Checkboxes.astro';
import DateInput from '#ui/forms/DateInput.astro';
import ErrorSummary from '#ui/forms/ErrorSummary.astro';
import Honeypot from '#ui/forms/Honeypot.astro';
import Radios from '#ui/forms/Radios.astro';
import Select from '#ui/forms/Select.astro';
import Textarea from '#ui/forms/Textarea.astro';
import TextInput from '#ui/forms/TextInput.astro';
import SearchBox from '#ui/show/SearchBox.astro';
import { controlsIn, idsIn, render, tagsIn } from './render.ts';

const options = [
	{ value: 'a', label: 'First', hint: 'More about it' },
	{ value: 'b', label: 'Second', count: 1234 },
];
const asked = { name: 'thing', label: 'What is it?', hint: 'Any word will do', error: 'Say what it is' };

/** Every field, and its control's or its group's place for `aria-describedby`. */
const fields = [
	{ kind: 'TextInput', component: TextInput, props: asked, on: 'input' },
	{ kind: 'Textarea', component: Textarea, props: asked, on: 'textarea' },
	{ kind: 'CharacterCount', component: CharacterCount, props: { ...asked, max: 1000 }, on: 'textarea' },
	{ kind: 'Select', component: Select, props: { ...asked, options }, on: 'select' },
	{ kind: 'Radios', component: Radios, props: { ...asked, options }, on: 'fieldset' },
	{ kind: 'Checkboxes', component: Checkboxes, props: { ...asked, options }, on: 'fieldset' },
	{ kind: 'DateInput', component: DateInput, props: asked, on: 'fieldset' },
	{ kind: 'SearchBox', component: SearchBox, props: { ...asked, action: '/find', method: 'post', online: true }, on: 'input' },
] as const;

describe.each(fields)('$kind', ({ component, props, on }) => {
	test('ties hint and error to what is filled in', async () => {
		const html = await render(component, props);
		const described = tagsIn(html, on)[0]?.attributes['aria-describedby']?.split(' ') ?? [];
		expect(described.slice(0, 2)).toEqual(['thing-hint', 'thing-error']);
		for (const id of described) expect(idsIn(html)).toContain(id);
		expect(html).toMatch(/id="thing-error"[\s\S]*Error:<\/span> Say what it is/);
	});

	test('gives every control a label of its own, and no id twice', async () => {
		const html = await render(component, props);
		const labelled = tagsIn(html, 'label').map((label) => label.attributes.for);
		expect(controlsIn(html).length).toBeGreaterThan(0);
		for (const control of controlsIn(html)) expect(labelled).toContain(control.attributes.id);
		expect(new Set(idsIn(html)).size).toBe(idsIn(html).length);
	});

	test('has a control with the id an error summary links to', async () => {
		expect(controlsIn(await render(component, props)).map((control) => control.attributes.id)).toContain('thing');
	});

	test('says nothing of hints and errors when there are none', async () => {
		const html = await render(component, { ...props, hint: undefined, error: undefined });
		expect(html).not.toMatch(/thing-hint|thing-error|aria-invalid|Error:/);
		expect(html).not.toContain('undefined');
	});
});

describe('what was typed stays', () => {
	const typed = `<script>"O'Brien" & Ŵyn</script>`;

	test('in a line of text, and cannot break out of it', async () => {
		const html = await render(TextInput, { ...asked, value: typed });
		expect(tagsIn(html, 'input')[0]?.attributes.value).toBe(typed.replaceAll('&', '&amp;').replaceAll('"', '&quot;'));
	});

	test.each([
		['Textarea', Textarea],
		['CharacterCount', CharacterCount],
	] as const)('in a %s, without spaces added', async (_, component) => {
		const html = await render(component, { ...asked, max: 9, value: 'two\n lines' });
		expect(html).toContain('>two\n lines</textarea>');
	});

	test('in a choice of one, of several and of a list', async () => {
		const checked = (html: string) =>
			tagsIn(html, 'input')
				.filter((input) => 'checked' in input.attributes)
				.map((input) => input.attributes.value);
		expect(checked(await render(Radios, { ...asked, options, value: 'b' }))).toEqual(['b']);
		expect(checked(await render(Checkboxes, { ...asked, options, values: ['a', 'b'] }))).toEqual(['a', 'b']);
		const list = tagsIn(await render(Select, { ...asked, options, value: 'b' }), 'option').filter((option) => 'selected' in option.attributes);
		expect(list.map((option) => option.attributes.value)).toEqual(['b']);
	});

	test('in the three boxes of a date, of which only the wrong ones are marked', async () => {
		const inputs = tagsIn(await render(DateInput, { ...asked, value: { day: '31', month: 'Smarch' }, wrong: ['month'] }), 'input');
		expect(inputs.map((input) => input.attributes.name)).toEqual(['thing-day', 'thing-month', 'thing-year']);
		expect(inputs.map((input) => input.attributes.value)).toEqual(['31', 'Smarch', undefined]);
		expect(inputs.map((input) => input.attributes['aria-invalid'])).toEqual([undefined, 'true', undefined]);
	});
});

test('an error summary links each message to its field, and is not there when there are none', async () => {
	const html = await render(ErrorSummary, {
		errors: [
			{ field: 'email', message: 'Enter an email address' },
			{ field: '', message: 'Try again later' },
		],
	});
	expect(tagsIn(html, 'a').map((a) => a.attributes.href)).toEqual(['#email']);
	expect(html).toContain('role="alert"');
	expect(html).toContain('Try again later');
	expect((await render(ErrorSummary, { errors: [] })).trim()).toBe('');
});

test('the trap for programs is out of reach of keyboard and screen reader', async () => {
	const html = await render(Honeypot, { token: 'sealed' });
	expect(tagsIn(html, 'div')[0]?.attributes['aria-hidden']).toBe('true');
	expect(tagsIn(html, 'input').map((input) => input.attributes.tabindex)).toEqual(['-1', undefined]);
	expect(tagsIn(html, 'input')[1]?.attributes).toMatchObject({ type: 'hidden', name: 'made', value: 'sealed' });
});
