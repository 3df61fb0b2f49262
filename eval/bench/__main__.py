"""Every measurement, one after another: `python -m eval.bench [--out FOLDER]`."""

from __future__ import annotations

from eval.bench import cold_start, growth, ingest, latency, record, users

if __name__ == "__main__":
    out = record.parser(__doc__).parse_args().out
    with record.library() as indexed:
        for name, measurement in (
            ("cold_start", cold_start),
            ("latency", latency),
            ("ingest", ingest),
            ("users", users),
        ):
            record.write(name, measurement.measure(indexed), out)
    record.write("growth", growth.measure(growth.SIZES), out)
