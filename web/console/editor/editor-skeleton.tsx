import './editor.css'
import './editor-skeleton.css'

/** Stands for the editor, or for a recorded run, while its journey is loading. */
export function EditorSkeleton({ isRun = false, label }: { isRun?: boolean; label: string }) {
  return (
    <div className={isRun ? 'editor run editor-skeleton' : 'editor editor-skeleton'} aria-busy="true">
      <p className="spoken" role="status">
        {label}
      </p>
      <div className="top-bar row gap-2" aria-hidden>
        <span className="bone" />
        <span className="stretch flexible" />
        <span className="bone" />
      </div>
      {!isRun && <Bones className="palette" count={9} />}
      <Bones className="centre" count={3} />
      <Bones className={isRun ? 'run-sides' : 'inspector'} count={5} />
    </div>
  )
}

function Bones({ className, count }: { className: string; count: number }) {
  return (
    <div className={className} aria-hidden>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders are identical
        <span key={at} className="bone" />
      ))}
    </div>
  )
}
