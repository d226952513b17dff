/** The sections of RESULTS.md, in their order. Each is written by a command of its own. */
const titles = ['What the server costs', 'Memory over a million steps', 'What it would take'] as const

export type SectionTitle = (typeof titles)[number]

/** A file with one section written anew; the others stay as they are. */
export function withSection(file: string, title: SectionTitle, content: string): string {
  const contents = titles.map((each) => [each, each === title ? content : sectionOf(file, each)] as const)
  return contents
    .filter(([, each]) => each !== '')
    .map(([each, text]) => `# ${each}\n\n${text.trim()}\n`)
    .join('\n')
}

/** What stands below a title, up to the next one; nothing where there is no such section. */
function sectionOf(file: string, title: SectionTitle): string {
  const [, section = ''] = `\n${file}`.split(`\n# ${title}\n`)
  return section.split(/\n# /)[0]?.trim() ?? ''
}
