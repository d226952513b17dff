import type { AnyNodeType } from '../../src/engine/node-type.ts'
import { exampleFinder } from './examples.ts'
import { anchor, table } from './markdown.ts'
import { headingOf, section } from './section.ts'
import { meaningsOf } from './state-keys.ts'

/** The pages in the order of the index. A type is on the first that has one of its tags, or else among the others. */
const categories = [
  { title: 'Backchannel', file: 'backchannel', tags: ['backchannel'] },
  { title: 'Basic authentication', file: 'basic-authentication', tags: ['basic authentication'] },
  {
    title: 'Multi-factor authentication',
    file: 'multi-factor-authentication',
    tags: ['multi-factor authentication'],
  },
  { title: 'Federation', file: 'federation', tags: ['federation'] },
  { title: 'Things', file: 'things', tags: ['iot'] },
  { title: 'Identity management', file: 'identity-management', tags: ['identity management'] },
  { title: 'Risk', file: 'risk', tags: ['risk'] },
  { title: 'Contextual', file: 'contextual', tags: ['contextual'] },
] as const
const others = { title: 'Utilities', file: 'utilities' } as const

type Category = { title: string; file: string }

const intro = `# Nodes

Every node type that comes with the server, made from the catalogue by \`tools/node-reference.ts\`: what a page says of
a type is what the type declares, and its tests fail when it does anything else.

- **Example** is a part of a journey in this repository, with the settings that the node has there. Secrets are left out.
- **Inputs** and **Outputs** name keys of the journey's state. Shared state lasts for the journey, transient state for one
  request, or longer where a later node reads it. \`‹name›\` stands for what the setting of that name holds.
- **Configuration** is the type's own; \`Name\` is that of the wire and of exports.
- **Callbacks** are what the client gets to answer; with none, the journey goes on at once.
- **Errors** in the log name realm, journey and node. What ends a journey is in the log, too, and in the trace of the journey
  session, as the reason: the client learns \`Login failure\`, or what a Set Error Details node says.
`

const leftOut = `## Left out

A journey with a node of any other type is imported, shown and exported as it is. A login that comes to that node ends in
failure, and the log names the type. Two families need what is not here:

- **Push** (\`PushRegistrationNode\`, \`PushAuthenticationSenderNode\`, \`PushWaitNode\`, \`PushResultVerifierNode\`), and
  **Combined MFA Registration** (\`CombinedMultiFactorRegistrationNode\`), which registers an app for pushes, too. As soon
  as an app registers, the vendor's server has its gateway for pushes make an address for it: without the gateway there is
  not even a registration. OATH Registration registers the same apps for one-time passwords.
- **PingOne** and **Autonomous Access** ask the vendor's cloud.
`

/** The reference, by file below \`docs\`. */
export function referencePages(types: readonly AnyNodeType[]): Map<string, string> {
  const sorted = types.toSorted((a, b) => headingOf(a).localeCompare(headingOf(b), 'en'))
  const byCategory = Map.groupBy(sorted, categoryOf)
  const meanings = meaningsOf(types)
  const exampleOf = exampleFinder()
  const pages = new Map([['nodes.md', index(byCategory)]])
  for (const [{ title, file }, members] of byCategory) {
    const top = `# Nodes: ${title}\n\n[All nodes](../nodes.md) says how to read this page.\n`
    const sections = members.map((type) => section(type, exampleOf(type), meanings))
    pages.set(`nodes/${file}.md`, [top, ...sections].join('\n'))
  }
  return pages
}

/** A link from a page in `docs` to what is said of a type. */
export function linkTo(type: AnyNodeType): string {
  const heading = headingOf(type)
  return `[${heading}](nodes/${categoryOf(type).file}.md#${anchor(heading)})`
}

function categoryOf({ tags }: AnyNodeType): Category {
  return categories.find((category) => category.tags.some((tag) => tags.includes(tag))) ?? others
}

function index(byCategory: ReadonlyMap<Category, readonly AnyNodeType[]>): string {
  const parts = [...categories, others].flatMap((category) => {
    const rows = (byCategory.get(category) ?? []).map((type) => {
      return [linkTo(type), type.help]
    })
    return rows.length === 0 ? [] : [`## ${category.title}`, '', ...table(['Node', 'What it does'], rows), '']
  })
  return [intro, ...parts, leftOut].join('\n')
}
