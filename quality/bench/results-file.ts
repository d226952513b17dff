/** The sections of RESULTS.md, in order. A command writes each of them but the last. */
const titles = [
  'Cost of the server',
  'Memory over a million steps',
  'Tests of journeys',
  'How to reach the targets',
] as const

export type SectionTitle = (typeof titles)[number]

/** Replaces one section of the file. */
export function withSection(file: string, title: SectionTitle, content: string): string {
  const contents = titles.map((each) => [each, each === title ? content : sectionOf(file, each)] as const)
  return contents
    .filter(([, each]) => each !== '')
    .map(([each, text]) => `# ${each}\n\n${text.trim()}\n`)
    .join('\n')
}

/** The text below a title, up to the next one; empty if the section is missing. */
function sectionOf(file: string, title: SectionTitle): string {
  const [, section = ''] = `\n${file}`.split(`\n# ${title}\n`)
  return section.split(/\n# /)[0]?.trim() ?? ''
}
