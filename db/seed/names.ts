import type { Random } from './random.ts';

type Heritage = { women: string; men: string; families: string };

/** Names in use in the four nations. Every pairing of them here is invented. */
const HERITAGES: Record<string, Heritage> = {
	english: {
		women:
			'Alice Amelia Beth Caroline Charlotte Claire Daisy Eleanor Emily Esther Fiona Frances Georgia Grace Hannah Harriet Helen Imogen Isobel Jane Jasmine Joanna Judith Katherine Laura Leah Lucy Lydia Margaret Martha Molly Naomi Nicola Olivia Phoebe Rachel Rebecca Rosalind Ruth Sarah Sophie Susan Tamsin Victoria',
		men: 'Adam Alan Andrew Benjamin Christopher Colin Daniel David Edward Felix George Graham Henry Jack James Jonathan Joseph Laurence Marcus Matthew Michael Nicholas Oliver Patrick Peter Philip Richard Robert Samuel Simon Stephen Thomas Toby William',
		families:
			'Allen Ashdown Atwell Bailey Barlow Barnes Bellamy Bennett Birch Blackwell Bradley Bramley Brooke Burrows Carter Chandler Clayton Cooper Coleridge Cross Dalton Dawson Dixon Eastwood Ellis Farrow Fenwick Fielding Fletcher Foster Garland Gibbs Goodwin Greaves Hadley Hale Harding Hartley Hawkes Hayward Holloway Hopper Hurst Ingram Jarvis Kendall Kirby Langley Lawson Lister Lockwood Marlow Marsh Mercer Middleton Milner Naylor Newell Norris Oakley Osborne Palmer Parsons Pearce Penrose Pickering Porter Radcliffe Randall Redfern Rowland Sadler Savage Shepherd Slater Stanton Sutton Tanner Thorne Trevelyan Turner Underwood Vickers Wade Walden Warner Webster Westbrook Wheeler Whitfield Winter Woodley Wyatt Yates',
	},
	welsh: {
		women: 'Angharad Bethan Carys Catrin Elin Ffion Gwenllian Lowri Mair Megan Nia Rhiannon Sioned Siân',
		men: 'Aled Dafydd Emyr Gareth Geraint Gwilym Huw Iestyn Owain Rhodri Rhys Tomos',
		families:
			'ap Gwynn Bevan Bowen Davies Ellis Evans Griffiths Howells Hughes Jenkins Llewellyn Lloyd Morgan Parry Powell Price Pritchard Probert Rees Roberts Vaughan Watkins',
	},
	scottish: {
		women: 'Ailsa Catriona Eilidh Elspeth Isla Kirsty Mairi Morag Morven Rhona Shona Skye',
		men: 'Alasdair Angus Callum Duncan Euan Fergus Finlay Hamish Iain Lachlan Malcolm Ruaridh',
		families:
			'Abercrombie Baird Buchan Calder Cameron Drummond Dunbar Fraser Galbraith Geddes Innes Kerr Lennox MacAulay MacInnes MacKinnon Maclean McCrae Menzies Murchison Ogilvie Rankin Ross Sinclair Tulloch Urquhart',
	},
	irish: {
		women: 'Aoife Bronagh Ciara Clodagh Deirdre Gráinne Niamh Orla Róisín Saoirse Sinéad Úna',
		men: 'Cathal Ciarán Conor Cormac Declan Eoin Fionn Niall Oisín Pádraig Ronan Seán',
		families:
			'Boyle Brennan Byrne Cassidy Conlon Devlin Donnelly Doherty Gallagher Heaney Kearney McAteer McBride McGrath Magee Mulholland Nolan O’Hare O’Kane Quigley Quinn Rafferty Sweeney Toner',
	},
	southAsian: {
		women: 'Aisha Anjali Deepa Fatima Farah Harpreet Kavita Meera Nadia Nasreen Priya Rukhsana Samina Sunita Zara',
		men: 'Arjun Bilal Farhan Gurdeep Imran Jaspal Kamal Naveed Nikhil Rajesh Sanjay Tariq Vikram',
		families:
			'Ahmed Akhtar Bhatt Chaudhry Das Dhillon Gill Hussain Iqbal Joshi Kaur Khan Malik Mehta Mistry Nair Patel Qureshi Rahman Sandhu Shah Sharma Siddiqui Uddin',
	},
	african: {
		women: 'Abena Adaeze Amara Chiamaka Efua Folake Makena Ngozi Thandiwe Wanjiru Yetunde Zainab',
		men: 'Adebayo Chidi Emeka Femi Kofi Kwame Mandla Obinna Sefu Tendai Themba Yaw',
		families: 'Abara Achebe Adeyemi Adjei Amoah Asante Banda Boateng Chikwanha Dlamini Eze Kamau Mensah Moyo Ndlovu Nwosu Okafor Okoro Olawale Osei Oyelaran',
	},
	european: {
		women: 'Agnieszka Beata Chiara Elena Ewa Inês Ioana Katarzyna Lucía Magdalena Małgorzata Marta',
		men: 'Andrei Carlos Grzegorz Jakub João Luca Mateusz Miguel Paweł Stefan Tomasz',
		families: 'Almeida Bianchi Dąbrowska Ferreira García Ionescu Kamińska Kowalczyk Lewandowska Moreno Nowak Pereira Popescu Rossi Sokołowska Wójcik Zielińska',
	},
	eastAsian: {
		women: 'Hui Li Mei Min Siu Xiu Yan Ying',
		men: 'Chun Hao Jian Kai Lok Ming Wei Yong',
		families: 'Chan Cheung Ho Lam Leung Lin Ng Tan Tsang Wong Wu Yip Zhou',
	},
	caribbean: {
		women: 'Beverley Charmaine Claudette Janelle Marcia Shanice Yvonne',
		men: 'Clive Delroy Errol Leroy Winston Tyrone Carlton',
		families: 'Blackwood Campbell Clarke Edwards Francis Gordon Grant Henry Lewis Morrison Reid Samuels Thompson Walters',
	},
};

const HOME: Record<string, string> = { wales: 'welsh', scotland: 'scottish', 'northern-ireland': 'irish' };
const ELSEWHERE = ['southAsian', 'southAsian', 'african', 'european', 'eastAsian', 'caribbean', 'irish', 'scottish', 'welsh'];
const LISTS = new Map(
	Object.entries(HERITAGES).map(([key, h]) => [key, { women: h.women.split(' '), men: h.men.split(' '), families: familiesOf(h.families) }]),
);

export type InventedName = { gender: 'woman' | 'man' | 'non-binary'; givenNames: string; familyName: string; otherFamilyName: string };

/** A given and a family name, often from the nation's own, about a sixth of them from elsewhere; some double-barrelled or with a middle name. */
export function inventName(random: Random, nation: string): InventedName {
	const own = HOME[nation];
	const heritage = random.chance(0.18) ? random.pick(ELSEWHERE) : own && random.chance(0.5) ? own : 'english';
	const lists = LISTS.get(heritage) ?? { women: [], men: [], families: [] };
	const family = random.chance(0.12) ? (LISTS.get('english') ?? lists) : lists;
	const gender = random.chance(0.02) ? 'non-binary' : random.chance(0.74) ? 'woman' : 'man';
	const given = gender === 'man' || (gender === 'non-binary' && random.chance(0.5)) ? lists.men : lists.women;
	const [first, middle] = [random.pick(given), random.pick(given)];
	const [familyName, otherFamilyName] = [random.pick(family.families), random.pick(lists.families)];
	return {
		gender,
		givenNames: random.chance(0.08) && middle !== first ? `${first} ${middle}` : first,
		familyName: random.chance(0.05) && otherFamilyName !== familyName ? `${familyName}-${otherFamilyName}` : familyName,
		otherFamilyName,
	};
}

function familiesOf(text: string): string[] {
	return text
		.replace('ap Gwynn', 'ap_Gwynn')
		.split(' ')
		.map((name) => name.replace('_', ' '));
}
