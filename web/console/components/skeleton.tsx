import './skeleton.css'

/** Where rows will be, before they were read for the first time. @param what is being read, for who hears the page. */
export function Skeleton({ label, rows = 5 }: { label: string; rows?: number }) {
  return (
    <div className="bones" aria-busy="true">
      <p className="spoken" role="status">
        {label}
      </p>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing tells these apart
        <div key={at} className="bone" />
      ))}
    </div>
  )
}
