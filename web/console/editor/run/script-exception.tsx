import { Link } from '@tanstack/react-router'
import type { RunStep } from '../../../api/runs.ts'
import { useEditor } from '../editor-context.tsx'

type Exception = NonNullable<RunStep['exception']>

/** What a script threw, with a link to its line. Runs that nobody watched have no message. */
export function ScriptExceptionDetail({ exception }: { exception: Exception }) {
  const { fault, message } = exception
  return (
    <div className="script-exception">
      {message !== undefined && (
        <p className="thrown code" dir="ltr">
          {message}
        </p>
      )}
      {fault !== 'missing' && <ScriptLink exception={exception} />}
      {message === undefined && (
        <p className="hint">Only runs that are started in the editor record what a script throws.</p>
      )}
    </div>
  )
}

function ScriptLink({ exception: { id, name, context, line } }: { exception: Exception }) {
  const realm = useEditor(({ realm }) => realm)
  const isCustomNode = context === 'NODE_DESIGNER'
  return (
    <Link
      to={isCustomNode ? '/custom-nodes/$id' : '/scripts/$id'}
      params={{ id }}
      search={{ realm, line }}
      {...(isCustomNode ? { hash: 'script' } : {})}
    >
      Open <bdi>{name}</bdi>
      {line !== undefined && <>, line {line}</>}
    </Link>
  )
}
