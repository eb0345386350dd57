using System.Security.Cryptography;
using System.Text;

namespace CodeExec.Api.Grading;

/// <summary>How a batch's report looks, on wide and narrow screens, in the dark and on paper; and the one thing in it that moves: a column's head sorts by it.</summary>
internal static class BatchReportLook
{
    public const string Style = """
        :root{color-scheme:light dark;--ink:#1a1a1a;--soft:#555;--page:#fff;--line:#ddd;--stripe:#f6f7f8;--good:#14733b;--bad:#a61b1b;--ours:#8a5a00;--points:#2b5f9e}
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:var(--ink);background:var(--page)}
        h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin-top:2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt,small{color:var(--soft)}dd{margin:0}
        table{border-collapse:collapse;width:100%}th,td{padding:.25rem .6rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}th{position:sticky;top:0;background:var(--page)}
        td{unicode-bidi:isolate;overflow-wrap:anywhere}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.v{white-space:nowrap}tbody tr:nth-child(even){background:var(--stripe)}
        th[tabindex]{cursor:pointer}th[aria-sort]:after{content:" ▲"}th[aria-sort=descending]:after{content:" ▼"}
        .charts{display:flex;flex-wrap:wrap;gap:0 1rem}svg text{font:12px system-ui,sans-serif;fill:currentColor}.none{opacity:.45}
        .accepted{color:var(--good)}.bad{color:var(--bad)}.ours,.aside{color:var(--ours)}.points{color:var(--points)}
        @media(prefers-color-scheme:dark){:root{--ink:#eee;--soft:#aaa;--page:#161616;--line:#333;--stripe:#1e1f20;--good:#5fd38d;--bad:#ff8a80;--ours:#fc6;--points:#8ab8f0}}
        @media(max-width:40rem){body{margin:1rem auto}.w{display:none}th,td{padding:.25rem .3rem}.v{white-space:normal;overflow-wrap:normal}}
        @media print{:root{color-scheme:light;--ink:#000;--soft:#444;--page:#fff;--line:#bbb;--stripe:#fff;--good:#14733b;--bad:#a61b1b;--ours:#8a5a00;--points:#2b5f9e}
        body{margin:0;max-width:none;font-size:11px}th{position:static}tr,svg{break-inside:avoid}h2{break-after:avoid}}
        """;

    public const string Script = """
        document.querySelectorAll('table.sorts th').forEach((head, i) => {
          const sort = () => {
            const body = head.closest('table').tBodies[0], up = head.ariaSort !== 'ascending', number = head.classList.contains('n');
            const key = row => number ? parseFloat(row.cells[i].textContent.replace(/,/g, '')) || 0 : row.cells[i].textContent;
            for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
            head.ariaSort = up ? 'ascending' : 'descending';
            const order = (a, b) => number ? a - b : a.localeCompare(b, undefined, { numeric: true });
            body.append(...[...body.rows].sort((a, b) => up ? order(key(a), key(b)) : order(key(b), key(a))));
          };
          head.tabIndex = 0;
          head.onclick = sort;
          head.onkeydown = e => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); sort(); } };
        });
        """;

    /// <summary>Our own words and numbers, all of it escaped; no script but ours, no origin, nothing from elsewhere.</summary>
    public static readonly string Policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'; sandbox allow-scripts";
}
