#!/usr/bin/env bash
# Trains the reader: recipe.sh DATA OUT, from the repository's root. DATA/train and DATA/relevance hold the rows,
# OUT/reader becomes the model, and a stage that was stopped goes on from its checkpoint. assistant/model/README.md says
# in what the run that made the default reader differed. DATA/train/own_questions.jsonl, where present, is seen in the
# last stage: further questions over the passages of the other sets.
set -euo pipefail
data=${1:?give the folder of the data sets}/train relevance=$1/relevance out=${2:?give the folder to train in}
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

# mean OUT FIRST SHARE SECOND: the mean of two models' weights (Wortsman et al. 2022, "Model soups"), SHARE of the first's.
mean() {
    "$python" - "$@" <<'PYTHON'
import sys
from pathlib import Path

from transformers import AutoModelForQuestionAnswering, AutoTokenizer

out, first, share, second = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
model, last = (AutoModelForQuestionAnswering.from_pretrained(folder).float() for folder in (first, second))
weights = last.state_dict()
mixed = {name: share * own + (1 - share) * weights[name] for name, own in model.state_dict().items()}
model.load_state_dict(mixed)
model.half().save_pretrained(out)  # half precision: half the megabytes
AutoTokenizer.from_pretrained(second).save_pretrained(out)
PYTHON
}
# The mean of the last two stages, from which the next starts.
[ -d "$out/mean" ] || mean "$out/mean" "$out/stage4/model" 0.5 "$out/stage5/model"

# 6. From here on, questions in other words.
[ -d "$out/stage6/model" ] || train \
    "$data/esg_questions.jsonl.gz:4" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.3" \
    "$data/hitab_mini_train.jsonl.gz:1" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" "$data/qamr.jsonl.gz:1:3" \
    "$data/uda_nq.jsonl.gz:0.5" "$data/qed_dev.jsonl.gz:0.5" \
    --init "$out/mean" --out "$out/stage6" --tokens 2.8e6 --lr 1.5e-4 --negatives 0.5 --batch-tokens 3072 --seed 6

# 7. And passages that are known to answer, though not where.
[ -d "$out/stage7/model" ] || train \
    "$data/esg_questions.jsonl.gz:3" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.5" \
    "$data/hitab_mini_train.jsonl.gz:1" "$data/wtq_train.jsonl.gz:0.2" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" \
    "$data/squadshifts_amazon.jsonl.gz:0.15" "$data/squadshifts_reddit.jsonl.gz:0.15" "$data/qamr.jsonl.gz:1:3" \
    "$data/uda_nq.jsonl.gz:0.6" "$data/qed_dev.jsonl.gz:0.6" "$data/covidqa.jsonl.gz:0.3" \
    "$data/fairytaleqa_train.jsonl.gz:0.2" \
    --relevance "$relevance/squad_sentences.jsonl.gz:0.8" "$relevance/selqa.jsonl.gz" "$relevance/fetaqa.jsonl.gz" \
    --init "$out/stage6/model" --out "$out/stage7" --tokens 4.5e6 --lr 2.2e-4 --final-lr 1.7e-4 --negatives 0.6 \
    --batch-tokens 3072 --seed 7

# 8. The nearest to a user's questions, until the learning rate is nothing.
own=()
[ -f "$data/own_questions.jsonl" ] && own=("$data/own_questions.jsonl:3")
[ -d "$out/stage8/model" ] || train "${own[@]}" \
    "$data/esg_questions.jsonl.gz:3" "$data/esg_kpi.jsonl.gz:1:0:0.2" "$data/kpi_edgar.jsonl.gz:0.3" \
    "$data/hitab_mini_train.jsonl.gz:0.6" "$data/squadshifts_new_wiki.jsonl.gz:1:0:0.1" "$data/qamr.jsonl.gz:0.6:3" \
    "$data/uda_nq.jsonl.gz:0.4" "$data/qed_dev.jsonl.gz:0.4" \
    --relevance "$relevance/squad_sentences.jsonl.gz:0.3" "$relevance/selqa.jsonl.gz:0.4" \
    "$relevance/fetaqa.jsonl.gz:0.3" \
    --init "$out/stage7/model" --out "$out/stage8" --tokens 6.5e6 --lr 1.9e-4 --negatives 0.6 --batch-tokens 3072 --seed 8

mean "$out/reader" "$out/mean" 0.33 "$out/stage8/model"
echo "The reader is in $out/reader"
