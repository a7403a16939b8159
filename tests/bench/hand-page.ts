import { type FilterView, feeChoices, filterViews, withinChoices } from '../../src/features/directory/filters-view.ts';
import type { FoundList } from '../../src/features/directory/find-page.ts';
import type { ResultMap } from '../../src/features/directory/map.ts';
import { MAP_HEIGHT, MAP_WIDTH } from '../../src/features/directory/map-frame.ts';
import { orderWords } from '../../src/features/directory/order-words.ts';
import { distanceOf, reasonsFor } from '../../src/features/directory/reasons.ts';
import type { FinderResult } from '../../src/features/directory/search.ts';
import { queryString } from '../../src/features/directory/search-query.ts';
import { sayAvailability, sayFee, sayKinds, sayLevel } from '../../src/features/directory/words.ts';
import { icons } from '../../src/ui/show/icons.ts';
import { initials } from '../../src/ui/show/initials.ts';

/** What stands around every results page: as our own page has it, with gaps for the title and the address. */
export type Shell = { start: string; afterTitle: string; afterAddress: string; end: string };

/** Cuts the shell out of one of our finished pages, so that both servers send the same masthead, footer and urgent help. */
export function shellOf(page: string): Shell {
	const title = /<title>([^<]*)<\/title>/.exec(page);
	const address = /rel="canonical" href="([^"]*)"/.exec(page);
	const main = /<main[^>]*>/.exec(page);
	if (!title || !address || !main) throw new Error('The page has no title, no canonical address or no main part.');
	const [titleAt, addressAt] = [title.index + '<title>'.length, address.index + 'rel="canonical" href="'.length];
	return {
		start: page.slice(0, titleAt),
		afterTitle: page.slice(titleAt + (title[1] ?? '').length, addressAt),
		afterAddress: page.slice(addressAt + (address[1] ?? '').length, main.index),
		end: page.slice(page.indexOf('</main>')),
	};
}

/** The whole results page, joined by hand: the same words, links, choices and map as ours, in the same order. */
export function handPage(shell: Shell, list: FoundList): string {
	const around = `${esc(list.title)}${shell.afterTitle}${esc(`/find?${list.canonical}`)}${shell.afterAddress}`;
	const left = searchBox(list) + (list.facets ? filters(list) : '');
	return `${shell.start}${around}<main id="main" tabindex="-1"><div class="wrap main"><div class="main__wide"><h1>${esc(list.heading)}</h1><div class="finder"><div class="stack">${left}</div><div>${results(list)}</div></div></div></div>${shell.end}`;
}

function searchBox({ query }: FoundList): string {
	return `<form class="search-box" action="/find" method="post" role="search" novalidate><div class="govuk-form-group"><label class="govuk-label" for="place">Where are you looking?</label> <div class="govuk-hint" id="place-hint">A postcode or part of one, a town, or a therapist’s name</div><div class="search-box__row"><input class="govuk-input" id="place" name="place" value="${esc(query.place || query.name)}" type="text" autocomplete="off" spellcheck="false" aria-describedby="place-hint"> <button class="button" type="submit">${icon('search')} Find a therapist</button></div></div><div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="place-online" name="online" value="1"${query.online ? ' checked' : ''}> <label class="govuk-label govuk-checkboxes__label" for="place-online">I would like to meet online</label></div></div>${hidden(query.options.size > 0 ? queryString({ ...query, place: '' }) : '')}</form>`;
}

function filters(list: FoundList): string {
	const { query, facets } = list;
	if (!facets) return '';
	const distance = list.place ? choice('within', 'Distance', withinChoices(query)) : '';
	let groups = '';
	for (const view of filterViews(query, facets)) groups += filterGroup(view);
	return `<form method="get" action="/find">${hidden(`place=${encodeURIComponent(query.place)}`)}<details class="filters" data-wide-open><summary>Filters${chosenMark(query.options.size)}${TURN}</summary><div class="filters__body">${distance}${choice('fee', 'Fee for a session', feeChoices(query, facets))}${groups}<button class="button" type="submit">Show these</button></div></details></form>`;
}

const TURN = '<span class="filters__turn" aria-hidden="true">▾</span>';

function chosenMark(count: number): string {
	return count > 0 ? `<span class="filter-group__chosen">${count} chosen</span>` : '';
}

function choice(name: string, label: string, options: { value: string; label: string; isChosen: boolean }[]): string {
	let all = '';
	for (const o of options) all += `<option value="${o.value}"${o.isChosen ? ' selected' : ''}>${o.label}</option>`;
	return `<div class="govuk-form-group"><label class="govuk-label" for="${name}">${label}</label> <select class="govuk-select" id="${name}" name="${name}">${all}</select></div>`;
}

function filterGroup({ group, legend, chosen, options }: FilterView): string {
	let all = '';
	for (const o of options)
		all += `<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox" id="f-${o.code}" name="${group}" value="${o.code}"${o.isChosen ? ' checked' : ''}> <label class="govuk-label govuk-checkboxes__label" for="f-${o.code}">${o.label} <span class="filter-group__count">(${o.count})</span></label></div>`;
	const open = chosen > 0 || group === 'who' || group === 'focus' ? ' open' : '';
	return `<details class="filter-group"${open}><summary>${legend}${chosenMark(chosen)}${TURN}</summary> <fieldset class="govuk-checkboxes govuk-checkboxes--small"><legend class="govuk-visually-hidden">${legend}</legend>${all}</fieldset></details>`;
}

function results(list: FoundList): string {
	const { query, found, place } = list;
	const from = place && { label: place.label, rough: place.rough };
	let cards = '';
	for (const [i, result] of found.results.entries()) cards += card(result, list.first + i, reasonsFor(result, query, from), distanceOf(result, from));
	const map = list.map && place ? mapBox(list.map, esc(place.label)) : '';
	return `${map}<p class="small" id="order">${orderWords(query, place !== null)}</p><form action="/shortlist" method="get"><input type="hidden" name="from" value="${esc(queryString(query))}">${SPRITE}<ol class="results">${cards}</ol><p class="button-row"><button class="button button--secondary" type="submit">Compare those I ticked</button> <span class="small">Up to 10. Nothing is stored: the link holds your list.</span></p></form>${pages(list)}<p class="small">Therapy on the NHS can be free. <a href="/help/finding-therapy">How to find it where you live</a></p>`;
}

function card({ card: c, slug, near }: FinderResult, no: number, reasons: string[], distance: string | null): string {
	const place = c.places[near?.place ?? 0];
	const name = esc(c.name);
	const fee = sayFee(c.feeFromPence, c.feeToPence);
	const face = c.photo
		? `<img class="result__face" src="/therapists/${slug}/photo" alt="" width="68" height="68" loading="lazy">`
		: `<span class="result__face" aria-hidden="true">${esc(initials(c.name))}</span>`;
	const notice = c.hasNotice
		? `<p><strong>The register shows a notice about this person.</strong> <a href="/register/${c.number}">Read it first<span class="govuk-visually-hidden"> for ${name}</span></a>.</p>`
		: '';
	const facts =
		(place ? fact('pin', esc([`${place.town}, ${place.district}`, distance, morePlaces(c.places.length - 1)].filter(Boolean).join(' · '))) : '') +
		(c.online ? fact('video', place ? 'Also online by video' : 'Online by video') : '') +
		fact('calendar', sayAvailability(c.availability)) +
		(fee ? fact('purse', fee) : '');
	const why = reasons.length > 0 ? `<p class="result__why"><strong>Why this one:</strong> ${esc(reasons.join(' · '))}</p>` : '';
	return `<li><article class="result" id="result-${no}"><div class="result__head">${face}<div class="result__who"><h2 class="result__name"><span class="numbers">${no}.</span> <a href="/therapists/${slug}">${name}</a></h2><p class="result__level">${sayLevel(c.level)}. For work with ${sayKinds(c.kinds)}.</p></div></div>${notice}<ul class="result__facts">${facts}</ul>${why}<p class="result__actions"><a href="/register/${c.number}">Register entry ${c.number}</a> <label class="result__pick"><input type="checkbox" name="t" value="${slug}"> Compare<span class="govuk-visually-hidden"> ${name}</span></label></p></article></li>`;
}

function fact(name: string, text: string): string {
	return `<li><svg class="icon" aria-hidden="true"><use href="#i-${name}"></use></svg><span>${text}</span></li>`;
}

function morePlaces(count: number): string {
	return count > 0 ? `${count} other ${count === 1 ? 'place' : 'places'}` : '';
}

const SYMBOLS = (['pin', 'video', 'calendar', 'purse'] as const).map(
	(name) => `<symbol id="i-${name}" viewBox="0 0 24 24"><path d="${icons[name]}"></path></symbol>`,
);
const SPRITE = `<svg width="0" height="0" aria-hidden="true" focusable="false" class="sprite">${SYMBOLS.join('')}</svg>`;

function mapBox({ land, here, rings, towns, pins }: ResultMap, place: string): string {
	let drawn = `<path class="map-land" d="${land}"></path>`;
	for (const ring of rings) drawn += `<circle class="map-ring" cx="${here.x}" cy="${here.y}" r="${ring.radius}"></circle>`;
	drawn += '<g aria-hidden="true" text-anchor="middle">';
	for (const town of towns) drawn += `<text x="${town.x}" y="${town.y}">${esc(town.name)}</text>`;
	for (const ring of rings)
		if (ring.labelY !== null) drawn += `<text class="map-miles" x="${here.x}" y="${ring.labelY}">${ring.miles} ${ring.miles === 1 ? 'mile' : 'miles'}</text>`;
	drawn += `<path class="map-here" d="M${here.x} ${here.y - 7}l6 7-6 7-6-7z"></path></g>`;
	for (const pin of pins)
		drawn += `<a href="#result-${pin.first}" aria-label="${esc(pin.label)}"><rect class="map-dot" x="${pin.x - pin.width / 2}" y="${pin.y - 9}" width="${pin.width}" height="18" rx="9"></rect> <text class="map-no" x="${pin.x}" y="${pin.y + 4}" text-anchor="middle">${pin.text}</text></a>`;
	return `<details class="details map-box" open><summary>Map of these therapists</summary><figure class="map"><svg viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}" role="group" aria-labelledby="map-title" aria-describedby="map-desc"><title id="map-title">Map around ${place}</title><desc id="map-desc">Each pin has the number of a therapist in the list below, and leads there. The list says everything that the map shows.</desc>${drawn}</svg><figcaption>The diamond is ${place}. Places are shown by postcode district, so a pin can be a mile or two away from the door.</figcaption></figure></details>`;
}

function pages({ query, pages: last }: FoundList): string {
	if (last < 2) return '';
	const link = (page: number) => `/find?${esc(queryString({ ...query, page }))}`;
	let all =
		query.page > 1
			? `<a rel="prev" href="${link(query.page - 1)}">${icon('arrowLeft')}<span>Previous<span class="govuk-visually-hidden"> page</span></span></a>`
			: '';
	all += '<ul>';
	for (const page of new Set([1, query.page - 1, query.page, query.page + 1, last]))
		if (page >= 1 && page <= last)
			all += `<li><a href="${link(page)}" aria-label="Page ${page}"${page === query.page ? ' aria-current="page"' : ''}>${page}</a></li>`;
	const next =
		query.page < last ? `<a rel="next" href="${link(query.page + 1)}">Next<span class="govuk-visually-hidden"> page</span> ${icon('arrowRight')}</a>` : '';
	return `<nav class="pages" aria-label="Pages of results">${all}</ul>${next}</nav>`;
}

function icon(name: string): string {
	return `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${(icons as Record<string, string>)[name] ?? ''}"></path></svg>`;
}

function hidden(query: string): string {
	let all = '';
	for (const [name, value] of new URLSearchParams(query)) all += `<input type="hidden" name="${esc(name)}" value="${esc(value)}">`;
	return all;
}

const SPECIAL = /[&<>"']/;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function esc(text: string): string {
	return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign) : text;
}
