import type { AnyNodeType } from '../../src/engine/node-type.ts'
import { categoryOf, type NodeCategory, nodeCategories, nodeCategoryIds } from '../../src/nodes/categories.ts'
import { meaningsOf } from '../../src/nodes/reference/state-keys.ts'
import { exampleFinder } from './examples.ts'
import { anchor, table } from './markdown.ts'
import { headingOf, section } from './section.ts'

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

const notSupported = `## Not supported

Journeys with other node types can be imported, edited and exported unchanged. A journey that reaches such a node ends in failure,
and the log names the type. Two families depend on services that Sidegate doesn't have:

- **Push** (\`PushRegistrationNode\`, \`PushAuthenticationSenderNode\`, \`PushWaitNode\`, \`PushResultVerifierNode\`), and
  **Combined MFA Registration** (\`CombinedMultiFactorRegistrationNode\`), which also registers an app for push. Registering an app
  needs the vendor's push gateway. OATH Registration registers the same apps for one-time passwords.
- **PingOne** and **Autonomous Access** call the vendor's cloud.
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
  return [intro, ...parts, notSupported].join('\n')
}
