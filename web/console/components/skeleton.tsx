import './skeleton.css'

/** Placeholder rows during the first load. @param label announced by screen readers. */
export function Skeleton({ label, rows = 5 }: { label: string; rows?: number }) {
  return (
    <div className="skeleton" aria-busy="true">
      <p className="spoken" role="status">
        {label}
      </p>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical
        <div key={at} className="skeleton-row row" />
      ))}
    </div>
  )
}
