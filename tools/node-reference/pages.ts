import type { AnyNodeType } from '../../src/engine/node-type.ts'
import { categoryOf, type NodeCategory, nodeCategories, nodeCategoryIds } from '../../src/nodes/categories.ts'
import { meaningsOf } from '../../src/nodes/reference/state-keys.ts'
import { standInTypes } from '../../src/nodes/stand-ins/stand-in-types.ts'
import { exampleFinder } from './examples.ts'
import { anchor, table } from './markdown.ts'
import { headingOf, section } from './section.ts'
import { am81Types, cloudTypes, countsOf, leftOut } from './vendor-types.ts'

const intro = `# Nodes

All built-in node types. To find a node, look through the categories; each type links to its page. The pages are generated
from the types' declarations by \`tools/node-reference.ts\`, and tests fail if a node does anything that its type doesn't declare.

- **Example**: part of a journey in this repository, with the settings of the node, without secrets.
- **Inputs** and **Outputs**: keys of the journey's state. Shared state lasts for the journey, transient state for one request,
  or longer if a later node reads it. \`‹name›\` is the value of the setting with that name.
- **Configuration**: the settings. \`Name\` is used in REST and exports.
- **Callbacks**: sent to the client. Without callbacks the journey continues immediately.
- **Errors**: log lines contain realm, journey and node. The reason for the end of a journey is in the log and in the trace of the
  journey session; the client only gets \`Login failure\`, or the text of a Set Error Details node.
`

function numbersIn(counts: ReturnType<typeof countsOf>): string[] {
  return [counts.all, counts.native, counts.standIns, counts.leftOut].map(String)
}

/** The types that don't run here: stand-ins, and what is left out. */
function notBuiltIn(types: readonly AnyNodeType[]): string {
  const native = new Set(types.map(({ type }) => type))
  const standIns = standInTypes.filter(({ type }) => !native.has(type))
  const known = new Set(standIns.map(({ type }) => type))
  const am = countsOf(am81Types, native, known)
  const cloud = countsOf(cloudTypes, native, known)
  const rows = [...am81Types, ...cloudTypes].toSorted().flatMap((type) => {
    if (native.has(type)) return []
    const standIn = standIns.find((each) => each.type === type)
    const of = am81Types.includes(type) ? 'PingAM 8.1' : 'Advanced Identity Cloud'
    const what = standIn === undefined ? 'left out' : 'stand-in'
    return [[`\`${type}\``, standIn?.title ?? '', of, what, standIn?.standIn?.why ?? leftOut[type] ?? '']]
  })
  return [
    '## Not built in',
    '',
    ...table(
      ['Types of', 'All', 'Run by themselves', 'Have a stand-in', 'Left out'],
      [
        ['PingAM 8.1', ...numbersIn(am)],
        ['Advanced Identity Cloud beside these, without those of partners and tenants', ...numbersIn(cloud)],
      ],
    ),
    '',
    standInText,
    ...table(['Type', 'Name', 'In', 'Here', 'Why'], rows),
    '',
    hookText,
  ].join('\n')
}

const standInText = `Journeys with any of these types can be imported, edited and exported unchanged.

- A **stand-in** does what an administrator declares for the type in the realm's settings: it always takes the same outcome, or it asks
  a web service. Without a declaration, a journey that reaches the node ends in failure, and the log names the type. A fixed outcome
  checks nothing: if it stands for a successful check, everyone passes that check. The linter reports each stand-in, the canvas shows a
  badge, the trace and the audit trail name the types (\`standIns\`), and a stand-in never proves a factor to the help desk.
- A type that is **left out**, and any other type, ends the journey in failure.
`

const hookText = `### The web service of a stand-in

The server sends \`POST\` with JSON, only to addresses that [outgoing calls](operations.md) may reach, and waits ten seconds. The body
has the settings of the node without secrets, and the keys of shared state that the declaration names, never transient state:

\`\`\`json
{
  "realm": "/alpha",
  "journey": "Login",
  "node": { "type": "product-PingOneProtectEvaluationNode", "name": "Risk", "settings": { "scoreThreshold": "300" } },
  "sharedState": { "username": "kim" }
}
\`\`\`

The answer has status 200, the outcome, and keys of shared state that the declaration lets it set. Any other answer, an unknown
outcome or none in time ends the journey in failure.

\`\`\`json
{ "outcome": "low", "sharedState": { "riskScore": 12 } }
\`\`\`
`

/** The pages, by file below `docs`. */
export function referencePages(types: readonly AnyNodeType[]): Map<string, string> {
  const sorted = types.toSorted((a, b) => headingOf(a).localeCompare(headingOf(b), 'en'))
  const byCategory = Map.groupBy(sorted, categoryOf)
  const meanings = meaningsOf(types)
  const exampleOf = exampleFinder()
  const pages = new Map([['nodes.md', index(byCategory)]])
  for (const [category, members] of byCategory) {
    const top = `# Nodes: ${nodeCategories[category].title}\n\n[All nodes](../nodes.md) explains this page.\n`
    const sections = members.map((type) => section(type, exampleOf(type), meanings))
    pages.set(`nodes/${category}.md`, [top, ...sections].join('\n'))
  }
  return pages
}

/** A link from a page in `docs` to the section about a type. */
export function linkTo(type: AnyNodeType): string {
  const heading = headingOf(type)
  return `[${heading}](nodes/${categoryOf(type)}.md#${anchor(heading)})`
}

function index(byCategory: ReadonlyMap<NodeCategory, readonly AnyNodeType[]>): string {
  const parts = nodeCategoryIds.flatMap((category) => {
    const rows = (byCategory.get(category) ?? []).map((type) => {
      return [linkTo(type), type.help]
    })
    return rows.length === 0
      ? []
      : [`## ${nodeCategories[category].title}`, '', ...table(['Node', 'Purpose'], rows), '']
  })
  return [intro, ...parts, notBuiltIn([...byCategory.values()].flat())].join('\n')
}
