"""The baseline of every measurement: sentence-transformers and FAISS, as a tutorial has it, over the same passages.

`python -m eval.bench.baseline TASK FOLDER` runs one task in a process of its own: `index`, `first` or `warm`, as
`eval.bench.product` does.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(task: str, folder: Path) -> None:
    """Run a task and write its result to standard output as one line of JSON."""
    started = time.perf_counter()
    import faiss
    from sentence_transformers import SentenceTransformer

    from eval.bench.record import peak_megabytes, timed
    from index.embedder import default_folder

    imported = time.perf_counter()
    model = SentenceTransformer(str(default_folder()))
    passages = json.loads((folder / "passages.json").read_text("utf-8"))
    if task == "index":
        loaded = time.perf_counter()
        vectors = model.encode(passages, normalize_embeddings=True)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / "baseline.faiss"))
        done = time.perf_counter()
        result = {"imports": imported - started, "load": loaded - imported, "index": done - loaded}
        sys.stdout.write(json.dumps(result | {"megabytes": peak_megabytes()}) + "\n")
        return
    saved = faiss.read_index(str(folder / "baseline.faiss"))
    questions = json.loads((folder / "questions.json").read_text("utf-8"))

    def search(question: str) -> str:
        _, places = saved.search(model.encode([question], normalize_embeddings=True), 10)
        return str(passages[places[0][0]])

    found = {"passage": search(questions[0])} if task == "first" else {"search": timed(search, questions)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
