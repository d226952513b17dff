import './gate-picture.css'

const arch = 'M4 98h40V56a42 42 0 0 1 42-42h28a42 42 0 0 1 42 42v42h40'

/** Illustration for pages that wait, have finished, or sent an email. */
export function GatePicture({ shows }: { shows: 'waiting' | 'done' | 'letter' }) {
  return (
    <svg className={`gate-picture ${shows}`} viewBox="0 0 200 104" aria-hidden="true">
      <path className="arch" d={arch} />
      {shows === 'waiting' && (
        <>
          <path className="ground" d="M76 98h48" />
          <g className="bead">
            <circle className="halo" r="17" />
            <circle r="8" />
          </g>
        </>
      )}
      {shows === 'done' && <path className="tick" d="m78 58 16 16 30-32" />}
      {shows === 'letter' && (
        <>
          <rect x="76" y="46" width="48" height="34" rx="5" />
          <path className="fold" d="m77 50 23 17 23-17" />
        </>
      )}
    </svg>
  )
}
