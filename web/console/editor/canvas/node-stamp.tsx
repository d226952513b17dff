import { useEditor } from '../editor-context.tsx'

/** The number of the step at which a run came by, and how long it took. */
export function NodeStamp({ id }: { id: string }) {
  const lit = useEditor(({ lit }) => lit?.nodes.get(id))
  if (lit === undefined) return null
  return (
    <>
      <span className="step-number">
        <span className="spoken">Step </span>
        {lit.number}
      </span>
      <span className="stamp">
        {lit.visits > 1 && <b>×{lit.visits}</b>}
        {lit.state === 'ahead' ? 'next' : lit.stamp}
      </span>
    </>
  )
}
