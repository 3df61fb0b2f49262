#!/usr/bin/env bash
# Trains the reader: recipe.sh DATA OUT, from the repository's root. DATA/train holds the rows, OUT/reader becomes the
# model, and a stage that was stopped goes on from its checkpoint. assistant/model/README.md says in what the run that
# made the default reader differed.
set -euo pipefail
data=${1:?give the folder of the data sets}/train out=${2:?give the folder to train in}
python=${PYTHON:-.venv/bin/python}
export KMP_BLOCKTIME=0 OMP_WAIT_POLICY=passive TOKENIZERS_PARALLELISM=false

train() { "$python" -m assistant.training.train "$@" --hold-aside kion-group-ag freenet-ag nike_2023_10k; }

# 1. From the embedder's weights, all sets: what a question and an answer are.
minilm=$("$python" -c 'from index.embedder import default_folder; print(default_folder())')
[ -d "$out/stage1/model" ] || train \
    "$data/esg_questions.jsonl.gz:2" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.7" \
    "$data/hitab_mini_train.jsonl.gz:1" "$data/wtq_train.jsonl.gz:0.8" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" \
    "$data/squadshifts_amazon.jsonl.gz:0.35" "$data/squadshifts_reddit.jsonl.gz:0.35" "$data/qamr.jsonl.gz:1:6" \
    "$data/uda_nq.jsonl.gz:0.6" "$data/qed_dev.jsonl.gz:1" "$data/covidqa.jsonl.gz:0.5" \
    "$data/fairytaleqa_train.jsonl.gz:0.4" \
    --init "$minilm" --out "$out/stage1" --tokens 3.1e6 --lr 3e-4 --final-lr 2.1e-4

# 2. More of the reports and more negatives.
[ -d "$out/stage2/model" ] || train \
    "$data/esg_questions.jsonl.gz:3" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.6" \
    "$data/hitab_mini_train.jsonl.gz:1" "$data/wtq_train.jsonl.gz:0.6" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" \
    "$data/squadshifts_amazon.jsonl.gz:0.1" "$data/squadshifts_reddit.jsonl.gz:0.1" "$data/qamr.jsonl.gz:1:3" \
    "$data/uda_nq.jsonl.gz:0.5" "$data/qed_dev.jsonl.gz:0.7" "$data/covidqa.jsonl.gz:0.3" \
    "$data/fairytaleqa_train.jsonl.gz:0.2" \
    --init "$out/stage1/model" --out "$out/stage2" --tokens 2.7e6 --lr 2.2e-4 --final-lr 1.3e-4 --negatives 0.8 --seed 2

# 3. What is nearest to a user's questions, until the learning rate is nothing.
[ -d "$out/stage3/model" ] || train \
    "$data/esg_questions.jsonl.gz:4" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.5" \
    "$data/hitab_mini_train.jsonl.gz:1" "$data/wtq_train.jsonl.gz:0.4" "$data/squadshifts_new_wiki.jsonl.gz:0.6:0:0.1" \
    "$data/qamr.jsonl.gz:1:2" "$data/qed_dev.jsonl.gz:0.4" \
    --init "$out/stage2/model" --out "$out/stage3" --tokens 1.6e6 --lr 9e-5 --negatives 0.8 --seed 3

# 4. All sets again, at a high rate and in smaller batches.
[ -d "$out/stage4/model" ] || train \
    "$data/esg_questions.jsonl.gz:4" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.6" \
    "$data/hitab_mini_train.jsonl.gz:1" "$data/wtq_train.jsonl.gz:0.3" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" \
    "$data/squadshifts_amazon.jsonl.gz:0.3" "$data/squadshifts_reddit.jsonl.gz:0.3" "$data/qamr.jsonl.gz:1:3" \
    "$data/uda_nq.jsonl.gz:0.6" "$data/qed_dev.jsonl.gz:0.7" "$data/covidqa.jsonl.gz:0.3" \
    "$data/fairytaleqa_train.jsonl.gz:0.2" \
    --init "$out/stage3/model" --out "$out/stage4" --tokens 7e6 --lr 2.2e-4 --negatives 0.7 --batch-tokens 3072 --seed 4

# 5. The nearest once more, gently.
[ -d "$out/stage5/model" ] || train \
    "$data/esg_questions.jsonl.gz:3" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.3" \
    "$data/hitab_mini_train.jsonl.gz:0.6" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" "$data/qamr.jsonl.gz:0.6:3" \
    "$data/uda_nq.jsonl.gz:0.4" "$data/qed_dev.jsonl.gz:0.5" \
    --init "$out/stage4/model" --out "$out/stage5" --tokens 1.7e6 --lr 7e-5 --negatives 0.7 --batch-tokens 3072 --seed 5

# The mean of the last two stages' weights (Wortsman et al. 2022, "Model soups"), in half precision: half the megabytes.
"$python" - "$out" <<'PYTHON'
import sys
from pathlib import Path

from transformers import AutoModelForQuestionAnswering, AutoTokenizer

out = Path(sys.argv[1])
model, last = (AutoModelForQuestionAnswering.from_pretrained(out / stage / "model") for stage in ("stage4", "stage5"))
weights = last.state_dict()
model.load_state_dict({name: (own + weights[name]) / 2 for name, own in model.state_dict().items()})
model.half().save_pretrained(out / "reader")
AutoTokenizer.from_pretrained(out / "stage5" / "model").save_pretrained(out / "reader")
PYTHON
echo "The reader is in $out/reader"
