import type { DevPanel } from '../../api/dev.ts'

/** The last results of the project's walks. They run again when files change. */
export function WalkResults({ walks }: Pick<DevPanel, 'walks'>) {
  const { isRunning, passed, failures } = walks
  return (
    <section aria-labelledby="dev-walks">
      <h2 id="dev-walks">Walks</h2>
      <p role="status">
        {passed} passed, {failures.length} failed{isRunning ? ', running' : ''}
      </p>
      <ul>
        {failures.map(({ title, text }) => (
          <li key={title}>
            <details open={failures.length === 1}>
              <summary>{title}</summary>
              <pre>{text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
