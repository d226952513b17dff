import type { Counterexample } from './explore.ts'

/** A counterexample as a Mermaid sequence diagram. */
export function diagramOf({ scope, wrong, trace }: Counterexample): string {
  const names = new Set(trace.flatMap(({ client }) => client ?? []))
  const lines = trace.flatMap(({ client, server, text, answer }) => {
    if (server === undefined) return [`  Note over database: ${text}`]
    const asked = text.startsWith('begins ')
      ? [`  ${client}->>${server}: ${text.slice('begins '.length)}`]
      : [`  ${server}->>database: ${text}`]
    return answer === undefined ? asked : [...asked, `  ${server}-->>${client}: ${answer}`]
  })
  const participants = [...names, 'A', 'B', 'database'].map((name) => `  participant ${name}`)
  return [
    'sequenceDiagram',
    `  title ${scope}`,
    ...participants,
    ...lines,
    `  Note over database: WRONG: ${wrong.replaceAll(/[;#]/g, ',')}`,
    '',
  ].join('\n')
}
