const beginning = '<!-- npm run bench writes this table -->\n'
const end = '\n<!-- to here -->'

/** What has a target in the table of RESULTS.md, in the shape that the README shows. */
export function quotedTable(results: string): string {
  const rows = results
    .split('\n')
    .filter((line) => /^\| P\d /.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const quoted = rows.flatMap(([, , work, , , result, target, met]) =>
    target === '' ? [] : [`| ${work} | ${result} | ${target} | ${met === 'yes' ? 'met' : '**not met**'} |`],
  )
  return ['| work | result | target | |', '| --- | --- | --- | --- |', ...quoted].join('\n')
}

/** The README with its table written anew. */
export function withQuotedTable(readme: string, results: string): string {
  const [before, rest = ''] = readme.split(beginning)
  const [, after] = rest.split(end)
  if (after === undefined) throw new Error('the README has no place for the table')
  return `${before}${beginning}${quotedTable(results)}${end}${after}`
}
